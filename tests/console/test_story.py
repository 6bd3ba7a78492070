"""The whole story in a real browser: from an empty data folder and a ledger to the signed 通报, every step by the person whose
step it is, on sites served on loopback that change between inspection and re-check."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

pytest.importorskip("django", reason="没有安装控制台（pip install duwang[console]），跳过")

from console import screens
from console.story import (
    OFFICE,
    PASSWORD,
    PEOPLE,
    SCHOOL,
    Story,
    answered_as_absent,
    answers,
    article,
    count,
    everything_told,
    ledgers,
    pass_second_factor,
    until,
)  # fmt: skip
from kit import small_county as county
from kit.console_process import running
from kit.desk import chromium
from kit.sinks import web_sink

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    place, web = tmp_path_factory.mktemp("story"), county.Web()
    with chromium() as browser, county.serving(web) as root, web_sink([200]) as sink:
        county.build(web)
        with running(place / "data") as console:
            yield Story(browser, console, web, root, place, sink)


def test_01_the_first_administrator_comes_in_with_the_token_and_a_second_factor(story: Story) -> None:
    desk = story.sits_down("admin")
    desk.go("/login")
    desk.look("登录")
    address = story.console.setup_path
    desk.go(address)
    desk.look("首次设置")
    desk.fill(username="guanli", full_name="顾安澜", password=PASSWORD, again=PASSWORD)
    desk.press("建立")
    desk.look("二次验证")
    pass_second_factor(desk)
    assert "欢迎使用读网" in desk.text()
    desk.look("总览-空")
    stranger = story.sits_down("stranger")
    assert stranger.page.goto(f"{story.console.root}{address}").status == 403
    assert "安装口令不对或已经用过" in stranger.text()


def test_02_a_wrong_ledger_is_told_row_by_row_and_the_right_one_is_taken_in(story: Story) -> None:
    from openpyxl import load_workbook

    desk = story.desks["admin"]
    wrong, right = ledgers(story)
    desk.go("/ledger/import")
    desk.look("名录-导入")
    desk.page.set_input_files("#file", wrong)
    desk.press("上传并预览")
    assert "处错误，改好后重新上传" in desk.text()
    desk.look("名录-有错误")
    sheet = load_workbook(desk.saved("下载错误清单", story.place)).active
    assert [cell.value for cell in sheet[1]] == ["文件", "行", "列", "问题", "怎么改"]
    assert any("主办单位" in str(row) for row in sheet.iter_rows(min_row=2, values_only=True))
    desk.go("/ledger/import")
    desk.page.set_input_files("#file", right)
    desk.press("上传并预览")
    desk.look("名录-预览")
    desk.press("确认导入")
    desk.waits_for("名录已更新，改动15行")
    desk.look("名录-单位")
    for sheet_name in ("网站", "栏目", "新媒体"):
        desk.go(f"/ledger/?sheet={sheet_name}")
        desk.look(f"名录-{sheet_name}")


def test_03_people_get_passwords_that_work_once(story: Story) -> None:
    admin, given = story.desks["admin"], {}
    for username, (name, role, unit, everything) in PEOPLE.items():
        admin.go("/system/people/new")
        admin.fill(username=username, full_name=name, role=role, unit=unit, sees_all="是" if everything else "否")
        admin.press("保存")
        given[username] = admin.text().partition("一次性密码：")[2].partition("（")[0]
    admin.look("系统-人员")
    for username, password in given.items():
        desk = story.sits_down(username)
        desk.login(username, password)
        assert "首次登录须先修改密码" in desk.text(), username
        desk.fill(old_password=password, new_password1=PASSWORD, new_password2=PASSWORD)
        desk.press("保存")
        if username == "shenpi":
            pass_second_factor(desk)
        assert "欢迎使用读网" in desk.text(), username
    story.desks["fuhe"].go("/password")
    story.desks["fuhe"].look("修改密码")


def test_03_the_school_is_to_be_told_at_an_address_of_its_own(story: Story) -> None:
    admin = story.desks["admin"]
    admin.go("/system/notices/settings")
    admin.fill(
        active="是",
        site=story.console.root,
        quiet_from="00:00",
        quiet_until="00:00",
        working_days="否",
        gap_minutes="0",
    )
    admin.press("保存")
    admin.go("/system/notices/channels")
    admin.fill(kind="回调", org=SCHOOL, address=f"{story.hook}/notice")
    admin.press("新建")
    admin.waits_for("已建立，可以先“试发”")
    admin.press(f"{story.hook}/notice")
    assert "X-Duwang-Signature" in admin.text()
    admin.look("系统-提醒-签名")


def test_04_a_round_runs_while_its_log_is_watched(story: Story) -> None:
    desk = story.desks["jiancha"]
    desk.go("/rounds/new")
    desk.look("检查批次-新建")
    desk.fill(name="2024年第三季度检查", period="2024Q3", delay="0", allow_loopback="是")
    desk.press("建立并开始检查")
    desk.waits_for("正在读取 云岭县人民政府网", seconds=90)
    desk.look("检查批次-进行中")
    desk.waits_for("已完成", seconds=240)
    assert "正在建立索引" in desk.text()
    desk.look("检查批次-已完成")
    desk.go("/rounds/")
    assert "1/2" in desk.text()
    desk.look("检查批次")


def test_05_triage_by_keyboard(story: Story) -> None:
    desk = story.desks["fuhe"]
    page = desk.page
    desk.go("/findings/")
    page.wait_for_selector("#pane article")
    desk.look("问题")
    before = count(desk, "待复核")
    first = page.locator("#rows tr[aria-selected=true]").get_attribute("data-pk")
    page.keyboard.press("j")
    page.wait_for_function("pk => document.querySelector('#rows tr[aria-selected=true]').dataset.pk !== pk", arg=first)
    page.keyboard.press("k")
    page.wait_for_function("pk => document.querySelector('#rows tr[aria-selected=true]').dataset.pk === pk", arg=first)
    page.keyboard.press("Shift+?")
    page.wait_for_selector("dialog#keys[open]")
    desk.look("问题-快捷键")
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    page.wait_for_selector("#toast p")
    until(desk, lambda: count(desk, "待复核") == before - 1)
    page.keyboard.press("n")
    page.wait_for_selector("dialog#why[open]")
    desk.look("问题-理由")
    page.locator("#why-ok").click()
    page.wait_for_timeout(300)
    assert count(desk, "待复核") == before - 1, "没有写理由也标成了误报"
    page.keyboard.press("n")
    page.locator("dialog#why .chip").first.click()
    page.locator("#why-ok").click()
    until(desk, lambda: count(desk, "待复核") == before - 2)
    page.keyboard.press("u")
    until(desk, lambda: count(desk, "待复核") == before - 1)
    for check in ("privacy/id-number", "privacy/mobile-number", "reach/broken-link"):
        desk.go(f"/findings/?check={check}")
        page.locator("[data-bulk=确认]").click()
        page.locator("dialog#why .chip[data-for=确认]").first.click()
        page.locator("#why-ok").click()
        page.wait_for_selector("#toast p")
    desk.go("/findings/?check=function/page-tags")
    page.locator("[data-bulk=误报]").click()
    page.locator("#why-text").fill("模板正在更换，下季度统一补齐标签")
    page.locator("#why-ok").click()
    page.wait_for_selector("#toast p")
    desk.go("/findings/decisions")
    assert "模板正在更换" in desk.text()
    desk.look("问题-决定记录")


def test_06_open_questions_are_answered_on_the_verdict_page_and_the_round_is_judged_again(story: Story) -> None:
    desk = story.desks["fuhe"]
    desk.go("/verdicts/")
    desk.look("判定")
    desk.press("云岭县人民政府网")
    assert "待核：会改变结论的问题" in desk.text()
    desk.look("判定-待核")
    assert answered_as_absent(desk, "门户网站统一提供网上信箱和办事服务入口，已人工打开核对") == 2
    for name in ("云岭民政", "云岭政务"):  # an address that does not answer, an interface without authorisation
        desk.go("/verdicts/?verdict=待核")
        desk.press(name)
        assert answered_as_absent(desk, "用手机逐条看过，没有这一情形")
    desk.go("/rounds/")
    desk.press("2024年第三季度检查")
    desk.press("重新判定")
    desk.waits_for("按", seconds=30)
    desk.waits_for("已计入全部复核", seconds=120, again=True)
    desk.go("/verdicts/?kind=site")
    row = desk.page.locator("tr", has_text="云岭县人民政府网").inner_text()
    assert row.startswith("合格"), row


def test_07_units_see_their_own_slips_answer_with_proof_and_contest(story: Story) -> None:
    school, office = story.desks["jiaoyu"], story.desks["zhengfu"]
    school.go("/cases/")
    assert SCHOOL in school.text()
    assert OFFICE not in school.text()
    school.look("整改-单位")
    picture = story.place / "整改截图.png"
    school.page.screenshot(path=str(picture))
    answers(school, "公开了完整的身份证号码", "反馈", "已删去身份证号码并重新发布", picture)
    school.look("工单-已反馈")
    answers(school, "公开了完整的个人手机号码", "申辩", "该号码是活动联系人自愿公布的")
    assert "申辩中" in school.text()
    office.go("/cases/")
    assert SCHOOL not in office.text()
    assert office.page.goto(school.page.url).status == 404


def test_08_the_office_rules_and_rechecks_after_the_pages_were_changed(story: Story) -> None:
    desk = story.desks["fuhe"]
    desk.go("/cases/?tab=contested")
    desk.look("整改-申辩")
    desk.press("公开了完整的个人手机号码")
    desk.page.locator("#event").select_option("申辩不成立")
    desk.page.fill("#why", "没有本人同意公开的材料，须遮掩")
    desk.press("记下")
    desk.waits_for("已记下“申辩不成立”")
    desk.look("工单")
    story.web.put("/a/1/2.html", article("救助对象公示", "<p>张某某，已纳入救助范围，公示期七天。</p>"))
    story.web.put("/a/1/3.html", article("救助对象公示（二）", "<p>李某某，已纳入救助范围，公示期七天。</p>"))
    desk.go("/cases/?q=%E5%85%AC%E5%BC%80%E4%BA%86%E5%AE%8C%E6%95%B4")
    for box in desk.page.locator("tbody input[name=pk]").all():
        box.check()
    desk.press("复查勾选的")
    desk.waits_for("已安排复查3件")
    desk.go("/cases/?tab=closed")
    desk.waits_for("公开了完整的身份证号码", again=True)
    assert desk.page.locator("tbody tr", has_text="身份证号码").count() == 2
    desk.look("整改-已办结")
    desk.go("/cases/?tab=open&q=%E6%89%8B%E6%9C%BA%E5%8F%B7%E7%A0%81")
    assert "未整改" in desk.page.locator("tbody tr", has_text="手机号码").inner_text()
    desk.go("/cases/slip/" + SCHOOL)
    desk.look("整改通知")
    assert desk.saved("下载docx（附反馈表）", story.place).read_bytes().startswith(b"PK")


def test_09_the_notice_is_composed_and_audited(story: Story) -> None:
    desk = story.desks["fuhe"]
    desk.go("/bulletins/")
    desk.page.locator("main form button").first.click()
    desk.waits_for("没有发现对不上的地方")
    desk.look("通报-正文与核对")
    desk.fill(number="云政办函〔2024〕31号", contact="林知远", phone="0871-60000000")
    desk.press("保存为新版本")
    desk.waits_for("已保存为第2版")
    desk.press("编写")
    desk.look("通报-编写")
    passage = desk.page.locator(".passage", has_text="检查政府网站2个").first
    passage.locator("summary").click()
    box = passage.locator("textarea")
    before = box.input_value()
    box.fill(before.replace("{网站检查数}", "3"))
    passage.get_by_text("保存", exact=True).click()
    desk.waits_for("数字不能删去：{网站检查数}")
    passage = desk.page.locator(".passage", has_text="检查政府网站2个").first
    passage.locator("textarea").fill(before.replace("检查政府网站", "本季度逐个检查政府网站"))
    passage.get_by_text("保存", exact=True).click()
    desk.waits_for("本季度逐个检查政府网站2个")
    desk.press("问题取舍")
    desk.look("通报-问题取舍")
    desk.page.locator("tbody tr", has_text="标识").locator("input[type=checkbox]").first.check()
    desk.page.fill("#why", "标识已申领，下季度到期前上线")
    desk.press("不写入")
    desk.waits_for("不写入的 1 个")
    desk.press("版本")
    desk.page.locator("aside a", has_text="第 3 版").click()
    assert "本季度逐个" in desk.page.locator("ins").first.inner_text()
    desk.look("通报-版本")
    desk.press("正文与核对")
    desk.waits_for("没有发现对不上的地方")
    desk.press("生成文书")
    desk.waits_for("整改通知.zip", seconds=120)
    desk.press("版面和附件")
    desk.page.wait_for_function(
        "() => [...document.querySelectorAll('.sheets img')].slice(0, 2).every(one => one.complete && one.naturalWidth > 500)"
    )
    desk.look("通报-版面和附件")
    desk.press("正文与核对")
    desk.press("送审")
    desk.waits_for("已送审")


def test_10_the_approver_signs_and_the_papers_say_what_the_screen_said(story: Story) -> None:
    import io
    import zipfile

    import docx
    import pypdfium2
    from openpyxl import load_workbook

    desk = story.desks["shenpi"]
    desk.go("/bulletins/")
    desk.look("通报")
    desk.page.locator("tbody a").first.click()
    desk.press("签发")
    desk.waits_for("已签发")
    assert "已印发" in desk.text()
    desk.look("通报-已印发")
    papers = {name: desk.saved(name, story.place) for name in ("通报.docx", "通报.pdf", "附件.xlsx", "整改通知.zip")}
    text = "".join(paragraph.text for paragraph in docx.Document(str(papers["通报.docx"])).paragraphs)
    printed = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(papers["通报.pdf"]))
    printed = "".join(printed.split())
    for said in ("云政办函〔2024〕31号", "本季度逐个检查政府网站2个", "0871-60000000"):
        assert said in text, said
        assert said in printed, said
    for number in (county.id_number(7), county.id_number(15), "13912340000"):
        assert number not in text + printed
    rows = [row for sheet in load_workbook(papers["附件.xlsx"]).worksheets for row in sheet.iter_rows(values_only=True)]
    assert any(SCHOOL in row for row in rows)
    slips = zipfile.ZipFile(papers["整改通知.zip"])
    assert f"{SCHOOL}.docx" in slips.namelist()
    slip = docx.Document(io.BytesIO(slips.read(f"{SCHOOL}.docx")))
    told = "".join(cell.text for table in slip.tables for row in table.rows for cell in row.cells)
    assert "手机号码" in told
    assert "身份证号码" not in told, "已整改的还在整改通知里"
    contact = story.desks["jiaoyu"]
    contact.go("/bulletins/")
    contact.page.locator("tbody a").first.click()
    assert "整改通知.zip" not in contact.text()


def test_11_every_other_screen(story: Story) -> None:
    desk, admin = story.desks["fuhe"], story.desks["admin"]
    for name, path in screens.READERS.items():
        desk.go(path)
        desk.look(name)
    desk.go("/accounts/")
    desk.page.locator("tbody a").first.click()
    desk.look("新媒体-账号")
    for name, path in screens.ADMINISTRATORS.items():
        admin.go(path)
        admin.look(name)
    admin.go("/system/backups")
    admin.press("现在备份")
    admin.waits_for(".tar.gz", seconds=60)
    admin.go("/ledger/?sheet=网站")
    admin.page.locator("tbody a").first.click()
    admin.look("名录-一行")
    admin.press("修改")
    admin.look("名录-修改")
    admin.fill(首页网址="云岭县")
    admin.press("保存")
    assert "首页网址" in admin.page.locator("[role=alert]").first.inner_text()
    admin.go("/system/audit?verify=1")
    assert "记录链完整" in admin.text()
    assert desk.page.goto(f"{story.console.root}/system/").status == 403
    desk.look("没有权限")
    assert desk.page.goto(f"{story.console.root}/verdicts/99999").status == 404
    desk.look("没有找到")


def test_12_the_school_was_told_of_new_cases_and_of_the_ruling_and_of_nothing_else(story: Story) -> None:
    until(story.desks["admin"], lambda: "申辩不成立" in everything_told(story), seconds=60)
    told = everything_told(story)
    assert all(json.loads(body)["org"] == SCHOOL for _, body in story.told)
    assert "新工单" in told
    assert "申辩不成立" in told
    for number in (county.id_number(7), county.id_number(15), "13912340000", "张某某", "139****"):
        assert number not in told
    admin = story.desks["admin"]
    admin.go("/system/notices/")
    admin.look("系统-提醒-发件箱")
    assert "已发" in admin.text()


def test_13_nothing_was_asked_of_others_nothing_broke_the_policy_and_every_screen_is_accessible(story: Story) -> None:
    assert story.faults == []
    assert sum(len(desk.seen) for desk in story.desks.values()) >= 50
