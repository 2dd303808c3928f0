//! Chinese letters that have a traditional and a simplified form.
//!
//! Only those that words of money, dates, shops and daily life are written with. The pairs stand side
//! by side, the traditional letter first. The last are what Cantonese writes for common words, so that
//! what is known of those is known of them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

const PAIRS: &str = "\
    萬万 與与 專专 業业 東东 絲丝 兩两 嚴严 喪丧 個个 箇个 豐丰 臨临 為为 爲为 麗丽 舉举 麼么 麽么 義义 烏乌 樂乐 喬乔 習习 鄉乡 書书 買买 亂乱 爭争 於于 虧亏 雲云 亞亚 產产 産产 \
    親亲 億亿 僅仅 從从 侖仑 崙仑 倉仓 儀仪 們们 價价 眾众 衆众 優优 夥伙 會会 傘伞 偉伟 傳传 傷伤 倫伦 偽伪 僞伪 體体 餘余 傭佣 俠侠 侶侣 偵侦 側侧 儂侬 倆俩 脩修 債债 傾倾 償偿 \
    儲储 兒儿 剋克 兌兑 黨党 蘭兰 關关 興兴 茲兹 養养 獸兽 內内 岡冈 冊册 寫写 軍军 農农 沖冲 衝冲 決决 況况 凍冻 凈净 淨净 準准 涼凉 減减 湊凑 幾几 鳳凤 憑凭 凱凯 齣出 擊击 劃划 \
    劉刘 則则 剛刚 創创 刪删 別别 彆别 颳刮 製制 剎刹 劑剂 劍剑 劇剧 勸劝 辦办 務务 動动 勵励 勁劲 勞劳 勢势 勛勋 勳勋 區区 醫医 韆千 昇升 陞升 華华 協协 單单 賣卖 盧卢 滷卤 鹵卤 \
    衛卫 卻却 捲卷 廠厂 廳厅 厤历 曆历 歷历 厲厉 壓压 厭厌 厠厕 廁厕 廂厢 廚厨 縣县 參参 蔘参 雙双 發发 髮发 變变 敘叙 疊叠 隻只 檯台 臺台 颱台 葉叶 號号 嘆叹 歎叹 喫吃 閤合 衕同 \
    後后 嚮向 曏向 嚇吓 嗎吗 噸吨 聽听 啓启 啟启 吳吴 嘔呕 唄呗 員员 嗚呜 週周 詠咏 諮咨 響响 啞哑 嗶哔 喚唤 囉啰 囑嘱 迴回 團团 糰团 園园 圍围 國国 圖图 圓圆 聖圣 場场 壞坏 塊块 \
    堅坚 墰坛 壇坛 壜坛 罈坛 罎坛 墳坟 墜坠 壟垄 壘垒 墾垦 墊垫 墮堕 墻墙 牆墙 壯壮 聲声 殻壳 殼壳 壺壶 處处 備备 復复 複复 夠够 頭头 夾夹 奪夺 奮奋 奬奖 獎奖 奧奥 妝妆 婦妇 媽妈 \
    薑姜 嬌娇 娛娱 嬰婴 孫孙 學学 寧宁 甯宁 寶宝 實实 寵宠 審审 憲宪 傢家 寬宽 賓宾 寢寝 對对 尋寻 導导 壽寿 將将 爾尔 塵尘 嘗尝 嚐尝 儘尽 盡尽 侷局 層层 屜屉 屬属 嵗岁 歲岁 嵐岚 \
    島岛 鉅巨 幣币 佈布 師师 帳帐 簾帘 帶带 幫帮 乾干 幹干 榦干 並并 併并 倖幸 廣广 慶庆 牀床 庫库 應应 廟庙 廢废 開开 異异 棄弃 張张 彈弹 強强 歸归 噹当 當当 彔录 錄录 録录 綵彩 \
    徹彻 徵征 憶忆 誌志 懷怀 態态 總总 戀恋 卹恤 噁恶 惡恶 惱恼 慣惯 願愿 戲戏 戰战 戶户 纔才 撲扑 託托 釦扣 執执 擴扩 掃扫 揚扬 摺折 搶抢 護护 報报 擬拟 撥拨 掛挂 掙挣 撈捞 損损 \
    撿捡 換换 據据 擲掷 撣掸 蒐搜 攜携 攝摄 擺摆 襬摆 搖摇 攤摊 撐撑 敵敌 敎教 數数 齋斋 斷断 無无 舊旧 時时 顯显 曬晒 曉晓 暈晕 暫暂 朮术 術术 樸朴 機机 殺杀 雜杂 權权 條条 來来 \
    楊杨 盃杯 闆板 極极 構构 槍枪 櫃柜 査查 標标 棧栈 棟栋 欄栏 樹树 樣样 橋桥 樁桩 檢检 樓楼 橫横 歡欢 歐欧 殘残 毆殴 毀毁 燬毁 譭毁 畢毕 斃毙 氣气 匯汇 彙汇 滙汇 漢汉 汙污 湯汤 \
    溝沟 沒没 滄沧 滬沪 註注 澤泽 潔洁 灑洒 淺浅 漿浆 澆浇 測测 濟济 瀏浏 渾浑 濃浓 塗涂 濤涛 澇涝 潤润 漲涨 漸渐 漁渔 溫温 遊游 灣湾 溼湿 濕湿 滾滚 滯滞 滿满 濫滥 濱滨 灘滩 潛潜 \
    瀾澜 滅灭 燈灯 靈灵 災灾 燦灿 爐炉 點点 煉炼 鍊炼 燒烧 燙烫 熱热 愛爱 爺爷 牽牵 猶犹 狽狈 獨独 狹狭 獅狮 獵猎 豬猪 貓猫 瑪玛 翫玩 環环 現现 瓏珑 電电 畫画 畵画 暢畅 療疗 瘋疯 \
    癢痒 癱瘫 皁皂 皺皱 盞盏 鹽盐 監监 蓋盖 盤盘 睜睁 睞睐 瞞瞒 矯矫 礦矿 碼码 磚砖 礎础 碩硕 確确 禮礼 禍祸 離离 俬私 種种 積积 稱称 稅税 穩稳 窮穷 竊窃 竅窍 竪竖 豎竖 競竞 筆笔 \
    籠笼 築筑 簽签 籤签 簡简 籮箩 籃篮 類类 粵粤 糧粮 醣糖 係系 繫系 緊紧 糾纠 紅红 縴纤 纖纤 約约 級级 紀纪 純纯 紗纱 綱纲 納纳 縱纵 紛纷 紙纸 紋纹 紡纺 紐纽 綫线 線线 練练 組组 \
    細细 織织 終终 紹绍 經经 綁绑 絨绒 結结 繞绕 繪绘 給给 絡络 絕绝 絶绝 統统 絹绢 綉绣 繡绣 繼继 績绩 緒绪 續续 繩绳 維维 綿绵 綜综 綠绿 緑绿 纜缆 緩缓 編编 緣缘 縫缝 纏缠 縮缩 \
    繕缮 繳缴 網网 羅罗 罰罚 罷罢 羨羡 翹翘 聾聋 職职 聯联 聰聪 肅肃 腸肠 膚肤 腫肿 脹胀 脅胁 膽胆 勝胜 衚胡 鬍胡 膠胶 脈脉 臟脏 髒脏 腦脑 腳脚 脫脱 臉脸 臘腊 騰腾 艦舰 艙舱 艱艰 \
    艷艳 豔艳 藝艺 節节 蕪芜 囌苏 甦苏 蘇苏 蘋苹 範范 莖茎 薦荐 榮荣 熒荧 葯药 藥药 萊莱 蓮莲 獲获 穫获 蘿萝 螢萤 營营 蕭萧 薩萨 藍蓝 藴蕴 蘊蕴 虜虏 慮虑 虛虚 蟲虫 雖虽 蝦虾 蝕蚀 \
    蟻蚁 補补 錶表 襯衬 襪袜 裝装 褲裤 見见 觀观 規规 視视 覽览 覺觉 觸触 譽誉 計计 訂订 認认 討讨 讓让 訓训 議议 訊讯 記记 講讲 許许 論论 訟讼 設设 訪访 証证 證证 評评 識识 訴诉 \
    診诊 詞词 譯译 試试 詩诗 誠诚 話话 誕诞 詢询 該该 詳详 語语 誤误 說说 説说 請请 諸诸 讀读 課课 誰谁 調调 談谈 誼谊 謀谋 諧谐 謝谢 謹谨 譜谱 穀谷 貝贝 負负 貢贡 財财 責责 賢贤 \
    敗败 賬账 貨货 質质 販贩 貪贪 購购 貯贮 貫贯 貳贰 賤贱 貼贴 貴贵 貸贷 貿贸 費费 賀贺 賊贼 賃赁 資资 賒赊 賦赋 賭赌 贖赎 賞赏 賠赔 賴赖 賺赚 賽赛 讚赞 贊赞 贈赠 贏赢 趙赵 趕赶 \
    趨趋 躍跃 踐践 踴踊 車车 軌轨 轉转 輪轮 軟软 轟轰 輕轻 載载 較较 輔辅 輛辆 輩辈 輝辉 輯辑 輸输 轄辖 辭辞 邊边 達达 遷迁 過过 邁迈 運运 還还 這这 進进 遠远 違违 連连 遲迟 適适 \
    選选 遞递 邏逻 遺遗 郵邮 鄰邻 鄭郑 醖酝 醞酝 醬酱 釀酿 埰采 寀采 採采 釋释 裏里 裡里 鑑鉴 鑒鉴 針针 鍼针 釘钉 釣钓 鈣钙 鈔钞 鈡钟 鍾钟 鐘钟 鋼钢 鈅钥 鑰钥 欽钦 鈎钩 鉤钩 錢钱 \
    鉆钻 鑽钻 鐵铁 鈴铃 鉛铅 銅铜 鋁铝 銖铢 銀银 鋪铺 鏈链 銷销 鎖锁 鍋锅 銹锈 鏽锈 鋒锋 錯错 錫锡 錦锦 鍵键 鍛锻 鎭镇 鎮镇 鎊镑 鏡镜 長长 門门 閃闪 閉闭 問问 闖闯 閑闲 閒闲 間间 \
    悶闷 鬧闹 聞闻 閥阀 閱阅 閲阅 闊阔 隊队 陽阳 陰阴 陣阵 階阶 際际 陸陆 陳陈 險险 隨随 隱隐 難难 僱雇 霧雾 靜静 麪面 麫面 麵面 韓韩 韻韵 頁页 頂顶 項项 順顺 須须 鬚须 顧顾 頓顿 \
    預预 領领 頻频 顆颗 題题 顏颜 顔颜 額额 風风 飛飞 飢饥 饑饥 飯饭 飲饮 飾饰 飽饱 飼饲 餃饺 餅饼 餓饿 舘馆 館馆 饋馈 馬马 驅驱 駛驶 駕驾 驗验 騎骑 騙骗 魚鱼 魯鲁 鮮鲜 鳥鸟 雞鸡 \
    鷄鸡 鳴鸣 鴨鸭 鴻鸿 鵝鹅 麥麦 黃黄 齊齐 齒齿 齡龄 龍龙 龜龟 煙烟 祇只 佔占 著着 嘅的 鬱郁 慾欲 \
    俾给 畀给 咗了 喺在 唔不 佢他";

static FORMS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let letters: Vec<char> = PAIRS
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    letters
        .chunks_exact(2)
        .map(|pair| (pair[0], pair[1]))
        .collect()
});

/// Simplified forms that are no traditional letters themselves, so that they tell the script.
static TELLING: LazyLock<HashSet<char>> = LazyLock::new(|| {
    const BOTH: &str = "了在不他万丰于云价伙余佣修克党准几出划刮制千升占卷厂只台叶吃合同后向周咨回姜家局巨布帘干幸广彩征志恤愿才托扣折挂据搜教朴杯板极柜查欲污注涂游玩皂的着确私种筑糖系胜胡腊苹范荐虫表谷踊适郁采里面";
    FORMS
        .values()
        .copied()
        .filter(|letter| !BOTH.contains(*letter))
        .collect()
});

/// The simplified form of a letter, or the letter.
pub fn simplified(letter: char) -> char {
    FORMS.get(&letter).copied().unwrap_or(letter)
}

/// Whether a letter is written so in traditional script only.
pub fn is_traditional(letter: char) -> bool {
    // Both are written in traditional script, and one is folded into the other.
    const COMMON: &str = "著迴佈臺台隻裏";
    FORMS.contains_key(&letter) && !COMMON.contains(letter)
}

/// Whether a letter is written so in simplified script only.
pub fn is_simplified(letter: char) -> bool {
    TELLING.contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_folded() {
        let folded: String = "買電腦花了兩萬塊，計程車費"
            .chars()
            .map(simplified)
            .collect();
        assert_eq!(folded, "买电脑花了两万块，计程车费");
        assert!(is_traditional('電') && !is_traditional('电') && !is_traditional('大'));
        assert!(is_simplified('电') && !is_simplified('大'));
    }

    #[test]
    fn no_letter_is_there_twice() {
        let letters: Vec<char> = PAIRS
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .collect();
        assert_eq!(letters.len() % 2, 0);
        assert_eq!(letters.len() / 2, FORMS.len());
    }
}
