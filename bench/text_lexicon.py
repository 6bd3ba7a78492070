"""Derives lexicons/易混字.tsv: dictionary words written with a character that is often mistaken for the right one.

usage: python -m bench.text_lexicon            (needs bench/out/words.txt, see bench/text_models.py)

A row is made when the right word is in jieba's dictionary and stands in official texts, and the wrong form is no word and never stands
there. Which characters are often mistaken is our own knowledge (PAIRS, 编者) and the package's table of confusable characters; the right
words are the dictionary's.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
from daachorse import CharwiseDoubleArrayAhoCorasick

from duwang.checks.text.hashing import Rolling, points_of
from duwang.checks.text.language import official
from duwang.checks.text.lexicon import COLUMNS, shipped
from duwang.checks.text.vocabulary import BOTH, SAME, confusable, words

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src" / "duwang" / "checks" / "text" / "lexicons" / "易混字.tsv"
MOST = 16000

# Wrong and right, often mistaken (编者); both ways where both happen.
PAIRS = """
燥躁 躁燥 辨辩 辩辨 博搏 搏博 薄簿 簿薄 幅辐 辐幅 睛晴 晴睛 遣遗 遗遣 遭糟 糟遭 廷延 延廷 即既 既即 苍沧 沧苍 蜜密 密蜜 栽裁 裁栽 载栽 弧孤 厉历 历厉
抵低 低抵 底抵 谦廉 廉谦 冶治 治冶 坏怀 怀坏 捡检 检捡 俭检 诀决 决诀 绝决 决绝 崇祟 弛驰 驰弛 萃粹 粹萃 揍凑 卷券 券卷 徙徒 徒徙 未末 末未 侯候 候侯
竟竞 竞竟 已己 己已 拔拨 拨拔 折拆 拆折 采彩 彩采 象像 像象 份分 分份 渡度 度渡 帐账 建健 健建 练炼 炼练 纪记 记纪 记计 计记 近进 进近 克刻 刻克 坐座
座坐 需须 须需 致至 至致 质置 制治 治制 付副 副付 负付 付负 覆复 复覆 付复 返反 反返 繁烦 烦繁 妨防 防妨 概慨 慨概 惯贯 贯惯 晃恍 荒慌 慌荒 谎荒 骄娇
娇骄 矫骄 峻竣 竣峻 俊峻 堪勘 勘堪 恳垦 垦恳 肯恳 兰蓝 蓝兰 篮蓝 滥烂 烂滥 励厉 厉励 历励 利厉 联连 连联 链练 粱梁 例列 列例 烈列 陵凌 凌陵 留流 流留
碌录 滤虑 虑滤 律率 率律 伦轮 慢漫 漫慢 贸茂 冒贸 煤媒 媒煤 谜迷 迷谜 秘密 免勉 勉免 名明 明名 模摸 摸模 摩磨 磨摩 寞漠 幕募 募幕 慕幕 纽扭 叛判 判叛
陪培 陪赔 赔陪 培陪 澎膨 蓬篷 编偏 偏编 篇编 编篇 漂飘 飘漂 贫频 平凭 摒屏 迫破 破迫 朴扑 辅铺 铺辅 谱普 普谱 期欺 岐歧 启企 企启 汽气 气汽 洽恰 恰洽
鉴签 签鉴 歉谦 谦歉 谴遣 遣谴 强墙 抢枪 浸侵 侵浸 请情 情请 晴情 顷倾 倾顷 求球 驱区 驱趋 趋驱 屈曲 曲屈 券劝 权劝 确缺 缺确 绕扰 溶融 融溶 揉柔 税锐
锐税 洒撒 撒洒 善擅 擅善 瞻赡 赡瞻 商伤 伤商 稍捎 涉摄 摄涉 伸申 申伸 生升 升生 胜盛 盛胜 失施 施失 实石 蚀食 食蚀 视示 式示 示式 势事 事势 试示 誓逝
授受 受授 疏蔬 蔬疏 暑署 署暑 属署 述术 栓拴 爽霜 诵颂 颂诵 塑溯 溯塑 诉溯 遂逐 逐遂 陨损 琐锁 锁琐 塌踏 踏塌 淡谈 谈淡 袒坦 深探 淘掏 掏淘 陶淘 提题
题提 体休 休体 添填 填添 条调 调条 帖贴 贴帖 统通 通统 凸突 腿退 拖托 托拖 顽玩 玩顽 婉挽 挽婉 惋婉 忘妄 妄忘 唯维 维唯 惟维 违伟 萎委 委萎 味昧 昧味
纹文 悟误 误悟 务物 物务 务雾 汲吸 吸汲 息悉 悉息 希稀 稀希 暇瑕 瑕暇 峡狭 侠峡 陷限 限陷 线限 限线 祥详 详祥 亨享 销消 消销 削消 晓小 校效 效校 胁协
协胁 泻泄 泄泻 幸辛 辛幸 型形 形型 刑形 姓性 性姓 续序 序续 喧宣 宣喧 弦悬 汛讯 讯汛 迅讯 讯迅 循徇 徇循 压押 押压 掩淹 淹掩 沿延 延沿 衍演 演衍 殃央
杨扬 扬杨 谣遥 遥谣 页业 仪议 议仪 宜谊 谊宜 移遗 意义 义意 异意 意异 役疫 疫役 绎译 译绎 荫阴 隐引 映应 应映 映印 印映 赢迎 涌踊 佣用 忧优 优忧 犹尤
尤犹 由犹 渔鱼 鱼渔 逾愈 予与 与予 欲域 预遇 遇预 源园 园圆 员园 源原 原源 缓援 援缓 怨愿 越跃 跃越 蕴酝 酝蕴 再在 在再 赞暂 脏赃 赃脏 藏葬 噪躁 躁噪
则责 责则 泽择 择泽 赠增 增赠 榨炸 炸榨 沾粘 粘沾 站战 占战 战站 章张 障章 章障 胀涨 涨胀 杖仗 召招 招召 照召 诊珍 振震 震振 赈振 镇振 征争 争征 证征
征证 整正 正整 支枝 枝支 职织 织职 直值 值直 植值 指旨 旨指 治志 质制 制质 致置 终中 中终 衷忠 忠衷 洲州 州洲 诸储 储诸 住驻 驻住 注驻 嘱属 属嘱 著注
筑铸 转专 专转 妆装 装妆 壮状 状壮 坠堕 缀辍 拙绌 酌灼 咨资 资咨 姿资 综宗 宗综 踪综 奏凑 组租 租组 祖组 组祖 簇族 族簇 遵尊 尊遵 戒戎 栗粟 粟栗 茶荼
惴揣 湍端 揣端 侍待 待侍 恃持 持恃 特恃 拴栓 崎歧 绯斐 悱斐 洗洒 候侯 膏膏 瓣辨 辫辨 辫辩 辩瓣 籍藉 藉籍 寥廖 廖寥 辟僻 僻辟 癖僻 譬辟 壁璧 璧壁 臂壁
擘臂 斑班 班斑 般搬 搬般 颁班 扮拌 拌扮 绊伴 伴拌 傍旁 膀磅 苞包 包苞 饱抱 报抱 抱报 爆暴 暴爆 卑悲 备倍 倍备 倍培 悖背 奔喷 笨苯 逼迫 毕必 必毕 弊敝
蔽弊 弊蔽 毙弊 鞭编 变辩 遍变 标彪 表裱 憋瘪 彬斌 滨缤 缤滨 宾滨 兵冰 秉禀 禀秉 泊舶 舶泊 渤勃 勃渤 脖勃 搏膊 补捕 捕补 布步 步布 部布 布部 怖布 惨残
残惨 苍仓 舱仓 仓舱 操燥 槽糟 糟槽 测侧 侧测 册策 策册 岔叉 茬查 查察 察查 差岔 诧咤 缠馋 谗馋 产铲 铲产 阐禅 尝偿 偿尝 常偿 长常 常长 场厂 厂场 畅肠
倡唱 昌倡 唱倡 抄钞 钞抄 超抄 朝潮 潮朝 嘲朝 辰晨 晨辰 沉沈 称趁 趁称 衬称 成诚 诚成 呈程 程呈 承乘 乘承 惩征 澄登 逞程 持迟 驰持 池驰 尺迟 斥拆 充冲
冲充 崇重 虫充 抽筹 筹愁 愁筹 仇愁 稠绸 酬筹 丑瞅 除厨 初出 出初 储除 楚础 础楚 处触 触处 川穿 穿川 传转 喘端 窗疮 创闯 闯创 吹炊 垂锤 锤捶 春椿 纯醇
醇纯 淳纯 词辞 辞词 慈磁 磁慈 次刺 刺次 赐次 聪匆 丛从 从丛 促簇 簇促 窜篡 篡窜 催摧 摧催 脆翠 存蹲 村存 措错 错措 挫措 搭答 答搭 达答 待代 代待 带戴
戴带 贷货 怠待 担但 单担 丹单 弹惮 淡担 诞淡 挡档 档挡 党挡 导倒 倒导 到倒 倒到 稻道 盗道 悼掉 登灯 蹬登 滴涤 敌抵 帝缔 缔蒂 谛缔 递第 第递 颠巅 巅颠
典点 点典 电店 奠垫 垫奠 殿奠 叼刁 雕凋 凋雕 调掉 掉调 跌迭 迭叠 叠迭 碟蝶 订定 定订 钉订 盯订 丁叮 定锭 东冬 栋冻 冻动 洞动 斗抖 陡抖 读独 独读 毒读
督都 堵睹 睹赌 赌堵 杜肚 端瑞 锻缎 段断 断段 缎段 堆推 队对 对队 兑对 顿吨 炖顿 盾遁 夺多 惰堕 堕惰 额饿 恶厄 扼厄 遏遏 恩思 尔而 耳饵 饵耳 翻番 番翻
凡烦 犯范 范犯 泛范 贩犯 方芳 坊防 房防 仿访 访仿 纺仿 放防 非飞 飞非 肥非 匪非 诽非 废费 费废 沸费 肺废 纷份 芬纷 氛纷 焚纷 粉纷 奋愤 愤奋 份奋 丰风
风丰 封风 峰锋 锋峰 烽锋 逢缝 缝逢 奉俸 佛拂 敷付 肤敷 扶抚 抚扶 服伏 伏服 浮俘 符付 幅符 福幅 府俯 俯府 辅府 腑府 腐府 附付 付附 赴付 覆付 富副 赋付
该改 盖概 概盖 干杆 杆秆 秆杆 杆竿 竿杆 赶敢 敢赶 感敢 缸钢 钢刚 刚钢 纲钢 钢纲 岗冈 冈岗 港巷 高搞 稿搞 告搞 歌哥 革格 格革 隔膈 各个 个各 根跟 跟根
耕根 更根 工功 功工 公工 工公 攻功 供共 共供 巩恐 贡供 勾钩 钩勾 构购 购构 够购 估沽 姑沽 孤姑 古故 骨股 股骨 鼓股 固故 故固 顾故 雇顾 瓜刮 寡挂 怪乖
关观 观关 官馆 馆官 管官 惯灌 灌罐 光广 广光 规归 归规 轨规 诡鬼 鬼诡 贵柜 跪柜 滚棍 郭廓 廓郭 国果 果过 过裹 海害 害海 含涵 涵含 函涵 寒含 汗旱 旱汗
捍悍 悍捍 焊捍 航杭 毫豪 豪毫 好耗 号浩 浩皓 呵喝 合和 和合 合何 何合 核合 贺荷 褐喝 横衡 衡横 恒衡 轰哄 烘哄 红洪 洪红 宏洪 鸿宏 侯喉 后候 候后 乎呼
呼乎 忽呼 胡糊 糊胡 湖糊 壶糊 护户 户护 互护 滑猾 猾滑 化划 划化 画划 划画 华化 话划 怀环 环怀 坏环 欢换 换唤 唤换 涣换 焕换 患换 幻换 荒慌 黄皇 皇黄
惶慌 晃慌 灰恢 恢灰 挥辉 辉挥 徽微 微徽 回汇 悔诲 诲悔 毁悔 汇会 会汇 惠慧 慧惠 贿晦 晦贿 浑混 混浑 魂混 活伙 伙活 火伙 获货 货获 祸货 霍货 惑或 或惑
击激 激击 机几 讥饥 饥讥 积集 集积 基积 绩积 积绩 极级 级极 急极 即及 及即 疾急 辑集 集辑 籍集 己纪 挤济 济挤 计纪 技计 季计 际计 剂济 迹绩 绩迹 寄计
寂计 继既 既继 佳加 加佳 嘉佳 夹颊 假价 价驾 驾价 架驾 嫁架 尖坚 坚艰 艰坚 歼坚 间兼 兼间 监间 拣检 简减 减简 剪减 碱减 见件 件间 建见 健见 舰建 渐建
践建 鉴建 江讲 将江 浆将 奖将 降将 讲奖 交叫 郊交 浇交 胶交 焦交 角脚 脚角 绞脚 搅脚 叫教 较教 教较 阶接 接阶 皆接 街接 节洁 洁节 劫节 杰节 捷节 截节
界介 介界 届界 界届 借介 戒界 今金 金今 斤金 津金 仅紧 紧仅 锦紧 谨紧 尽进 进尽 劲进 晋进 禁进 京经 经京 惊经 精经 晶经 睛精 精晶 景境 境景 井警 警井
颈警 净静 静净 竟境 敬竟 镜境 境镜 究纠 纠究 久就 就究 酒久 救就 居据 据居 局居 举据 巨具 具巨 拒具 俱具 具俱 剧据 据剧 距据 聚据 捐绢 卷捐 倦卷 觉决
掘决 均军 军均 君均 郡君 俊均 开凯 凯开 楷凯 刊看 看刊 康抗 抗康 扛抗 考靠 靠考 烤考 科课 课科 棵颗 颗棵 可克 客克 课客 肯啃 坑抗 空控 控空 孔控 口扣
扣口 枯苦 苦枯 库裤 夸跨 跨夸 垮跨 快块 块快 筷快 宽款 款宽 筐框 框筐 况矿 矿况 旷矿 亏愧 窥亏 葵奎 愧亏 溃愧 昆坤 困捆 捆困 扩阔 阔扩 廓扩
""".split()


def rows() -> list[tuple[int, str, str, str]]:
    """(count code, wrong, right, pair) of every row that holds, most frequent first."""
    of_right: dict[str, set[str]] = {}
    for pair in PAIRS:
        if len(pair) == 2 and pair[0] != pair[1]:
            of_right.setdefault(pair[1], set()).add(pair[0])
    listed = {entry.wrong for entry in shipped().entries if not entry.place.startswith("易混字")}
    right = []
    for line in (HERE / "out" / "words.txt").read_text(encoding="utf-8").splitlines():
        word, frequency = line.split("\t")
        if 2 <= len(word) <= 4 and int(frequency) >= 20:
            right.append(word)
    seen = {word: code for word, code in zip(right, codes(right), strict=True) if code >= 6 - (len(word) > 2)}
    alike = {c: of_right.get(c, set()) | _alike(c) for c in {c for word in seen for c in word}}
    made: dict[str, tuple[int, str, str, str]] = {}
    for word, code in sorted(seen.items(), key=lambda pair: (-pair[1], pair[0])):
        for at, c in enumerate(word):
            for other in sorted(alike[c]):
                wrong = word[:at] + other + word[at + 1 :]
                if wrong not in listed:
                    made.setdefault(wrong, (code, wrong, word, f"{other}/{c}"))
    known = words().codes(hashes(list(made)))
    never = [
        row for row, word, code in zip(made.values(), known, codes(list(made)), strict=True) if not word and not code
    ]
    automaton = CharwiseDoubleArrayAhoCorasick([row[1] for row in never])
    standing = {number for _, _, number in automaton.find_overlapping(_training())}
    return [row for number, row in enumerate(never) if number not in standing][:MOST]


def hashes(listed: list[str]) -> np.ndarray:
    made = []
    for block in range(0, len(listed), 10_000):
        some = listed[block : block + 10_000]
        ends = np.cumsum([len(word) for word in some])
        starts = np.r_[0, ends[:-1]]
        made.append(Rolling.of(points_of("".join(some))).spans(starts, ends))
    return np.concatenate(made)


def codes(listed: list[str]) -> list[int]:
    """How often each stands in official texts (half the log2 of the count, 0 = never or with an unknown character)."""
    language = official()
    made = [0] * len(listed)
    for length in (2, 3, 4):
        rows_of = [n for n, word in enumerate(listed) if len(word) == length]
        if not rows_of:
            continue
        ids = language.ids("".join(listed[n] for n in rows_of)).reshape(-1, length)
        columns = [ids[:, n] for n in range(length)]
        found = language.pair(*columns) // 4 if length == 2 else language.codes(*columns)
        for n, code, odd in zip(rows_of, found, (ids == 0).any(axis=1), strict=True):
            made[n] = 0 if odd else int(code)
    return made


def _alike(c: str) -> set[str]:
    """The characters that both sound and look like it, and the six commonest that sound the same."""
    table = confusable()
    row = int(table.row[ord(c)])
    if not row:
        return set()
    first, last = int(table.starts[row - 1]), int(table.starts[row])
    kinds = table.kinds[first:last]
    both = np.flatnonzero(kinds == BOTH)[:8]
    same = np.flatnonzero(kinds == SAME)[:6]
    return {chr(table.others[first + n]) for n in (*both, *same)}


def _training() -> str:
    folder = HERE.parents[1] / "shared" / "corpora" / "official"
    return "\n".join(gzip.open(folder / f"train-0{n}.txt.gz", "rt", encoding="utf-8").read() for n in (1, 2, 3))


def main() -> None:
    made = rows()
    lines = ["\t".join(COLUMNS)]
    for _, wrong, right, pair in made:
        lines.append("\t".join((wrong, right, "错别字", "一般", "词典:jieba", "", "", "", "", "", f"易混字{pair}")))
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(made), OUT.name, np.bincount([len(row[1]) for row in made]))


if __name__ == "__main__":
    main()
