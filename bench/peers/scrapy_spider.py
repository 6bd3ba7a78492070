"""Scrapy on one site: every page fetched, title taken, links extracted and followed; same concurrency, no delay."""

from __future__ import annotations

import json
import sys
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor


class Spider(scrapy.Spider):  # type: ignore[misc]
    name = "bench"
    extractor = LinkExtractor()
    pages = 0

    async def start(self) -> Any:
        yield scrapy.Request(self.root)

    def parse(self, response: Any) -> Any:
        if not isinstance(response, scrapy.http.HtmlResponse):
            return
        Spider.pages += 1
        yield {"url": response.url, "title": response.css("title::text").get()}
        for link in self.extractor.extract_links(response):
            if link.url.startswith(self.root):
                yield scrapy.Request(link.url)


def main() -> None:
    process = CrawlerProcess({"LOG_ENABLED": False, "CONCURRENT_REQUESTS": 6, "CONCURRENT_REQUESTS_PER_DOMAIN": 6, "DOWNLOAD_DELAY": 0,
                              "ROBOTSTXT_OBEY": False, "TELNETCONSOLE_ENABLED": False, "RETRY_ENABLED": False})  # fmt: skip
    process.crawl(Spider, root=sys.argv[1])
    process.start()
    print(json.dumps({"pages": Spider.pages}))


if __name__ == "__main__":
    main()
