"""信件与申请: mailboxes, 找错, complaints, disclosure applications with their clocks."""
