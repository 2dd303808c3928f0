//! Which task a request is about, by its words.

use std::sync::LazyLock;

use regex::Regex;

/// A task that there is a tested template for, or another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What is on a picture.
    Image,
    /// What is where on a picture.
    Detection,
    /// Which class a row of a table belongs to.
    Classes,
    /// Which number belongs to a row of a table.
    Numbers,
    /// Which class a text belongs to.
    Text,
    /// How a series of numbers goes on.
    Series,
    /// Which rows are alike.
    Clusters,
    /// Something else.
    Other,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Image,
        Self::Detection,
        Self::Classes,
        Self::Numbers,
        Self::Text,
        Self::Series,
        Self::Clusters,
        Self::Other,
    ];

    /// The task in a few words, for the model and for people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Image => "image classification",
            Self::Detection => "object detection in images",
            Self::Classes => "classification of table rows",
            Self::Numbers => "predicting a number from table rows",
            Self::Text => "text classification",
            Self::Series => "time series forecasting",
            Self::Clusters => "clustering",
            Self::Other => "something else",
        }
    }
}

/// How sure the words make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Likely {
    /// It is this.
    Sure(Kind),
    /// The words do not say, or say several things.
    Unsure,
}

impl Likely {
    /// The task where it is sure.
    #[must_use]
    pub fn sure(&self) -> Option<Kind> {
        match self {
            Self::Sure(kind) => Some(*kind),
            Self::Unsure => None,
        }
    }
}

/// Words that speak for a task, and how much.
const WORDS: &[(Kind, u32, &str)] = &[
    (
        Kind::Detection,
        6,
        r"object detect|bounding box|\byolo|faster r-?cnn|\bssd\b|目标检测|目標檢測|物体检测|物件偵測|物體檢測|边界框|邊界框|检测框",
    ),
    (
        Kind::Detection,
        4,
        r"(?:detect|locat|find)\w*\b.{0,40}\b(?:in|on)\b.{0,20}(?:image|photo|picture|frame|video|camera)|(?:检测|檢測|定位|侦测|偵測).{0,12}(?:图片|圖片|图像|圖像|照片|画面|畫面|视频|影片)|(?:图片|圖片|图像|圖像|照片|画面|視頻|视频)(?:中|里|裡|上).{0,14}(?:检测|檢測|定位|位置|偵測)",
    ),
    (Kind::Clusters, 6, r"cluster|k-?means|dbscan|聚类|聚類|分群"),
    (
        Kind::Clusters,
        4,
        r"(?:group|segment)\w*\b.{0,40}\b(?:similar|customers|users|alike|together)|无监督|無監督|unsupervised|(?:客户|客戶|用户|用戶|顾客|顧客)(?:细分|分组|分組|細分)",
    ),
    (
        Kind::Series,
        6,
        r"time[- ]?series|forecast|时间序列|時間序列|时序|時序",
    ),
    (
        Kind::Series,
        7,
        r"(?:predict|estimate)\w*\b.{0,60}\b(?:next|coming|following|tomorrow)\b.{0,12}(?:hour|day|week|month|quarter|year|value|\d)|(?:预测|預測|预报|預報).{0,16}(?:未来|未來|接下来|接下來|明天|下周|下週|下个月|下個月|下一)|(?:未来|未來|接下来|接下來).{0,20}(?:预测|預測|销量|銷量|需求|温度|溫度|价格|價格)",
    ),
    (
        Kind::Text,
        6,
        r"text classif|sentiment|spam|文本分类|文本分類|文字分类|文字分類|情感分析|情感分类|情緒分析|垃圾邮件|垃圾郵件|垃圾短信|topic classif|intent",
    ),
    (
        Kind::Text,
        3,
        r"(?:classif|categori|sort|label|tag|rout)\w*\b.{0,40}\b(?:reviews?|tweets?|emails?|messages?|news|articles?|comments?|documents?|tickets?|texts?|headlines?)|(?:reviews?|tweets?|emails?|messages?|news|comments?|documents?|tickets?)\b.{0,40}(?:classif|categor|positive|negative|topic)|(?:评论|評論|新闻|新聞|邮件|郵件|短信|简讯|留言|文章|文本|工单|工單).{0,16}(?:分类|分類|归类|歸類|正面|负面|負面|类别|類別|主题|主題)|(?:分类|分類|判断|判斷|识别).{0,12}(?:评论|評論|新闻|新聞|邮件|郵件|短信|留言|文章|文本)",
    ),
    (
        Kind::Image,
        6,
        r"image[- ]?(?:and \w+ )?(?:classif|recogni)|(?:classif|recogni|distinguish|tell)\w*\b.{0,50}\b(?:images?|photos?|pictures?|x-?rays?|scans?)|\bmnist|fashion-mnist|cifar|imagenet|图像分类|圖像分類|图片分类|圖片分類|影像分類|图像识别|圖像辨識|影像辨識|照片分类|照片分類",
    ),
    (
        Kind::Image,
        3,
        r"(?:images?|photos?|pictures?|x-?rays?)\b.{0,60}(?:classif|recogni|classes|categories|identify|species|breed)|(?:图片|圖片|图像|圖像|照片|相片|影像|张图|張圖).{0,30}(?:分类|分類|识别|識別|辨識|分成|类|類|种|種)|(?:识别|識別|辨識|区分|區分|分类|分類).{0,20}(?:图片|圖片|图像|圖像|照片|相片|影像|手写|手寫|猫|貓|花)|handwritten digit|手写数字|手寫數字",
    ),
    (
        Kind::Image,
        2,
        r"\bcnn\b|convolutional neural network|卷积神经网络|卷積神經網絡|卷積神經網路|\bresnet|\bvgg|mobilenet|efficientnet",
    ),
    (
        Kind::Numbers,
        4,
        r"regress|回归|迴歸|回歸|predict\w*\b.{0,30}\b(?:price|salary|income|cost|amount|revenue|temperature|consumption|weight|height|age|score|rent|value|how much|how many|number of)|(?:预测|預測|估计|估計|估算).{0,16}(?:价格|價格|房价|房價|金额|金額|工资|薪|收入|成本|用电|用電|能耗|销量|銷量|分数|分數|租金|多少)",
    ),
    (
        Kind::Classes,
        4,
        r"churn|(?:predict|whether|if)\w*\b.{0,40}\b(?:will|whether|default|fraud|survive|approved|cancel|leave|buy|diabetes|disease)|fraud detect|流失|欺诈|詐騙|违约|違約|(?:预测|預測|判断|判斷).{0,20}是否|是否会|是否會",
    ),
    (
        Kind::Classes,
        2,
        r"(?:classif|categori)\w*\b.{0,60}\b(?:rows?|table|csv|customers|patients|columns|features|wine|iris|loans?)|(?:表格|csv|数据表|資料表).{0,20}(?:分类|分類)",
    ),
    (
        Kind::Other,
        6,
        r"\bgans?\b|generative|diffusion|reinforcement|q-learning|segmentation|u-?net\b|speech|audio|recommend|language model|chatbot|translat|autoencoder|style transfer|super.resolution|anomaly|word2vec|question answering|pose estimation|graph neural|生成对抗|生成對抗|强化学习|強化學習|分割|语音|語音|音频|音訊|推荐系统|推薦系統|翻译|翻譯|语言模型|語言模型|异常检测|異常檢測|自编码|自編碼",
    ),
];

static PATTERNS: LazyLock<Vec<(Kind, u32, Regex)>> = LazyLock::new(|| {
    WORDS
        .iter()
        .map(|(kind, weight, pattern)| {
            let pattern = Regex::new(pattern).expect("the pattern is a literal that tests use");
            (*kind, *weight, pattern)
        })
        .collect()
});

/// How far the best must be ahead of the next.
const AHEAD: u32 = 2;

/// What the words of a text that was made plain speak for.
pub fn read(text: &str) -> Likely {
    let mut weights: Vec<(u32, Kind)> = Kind::ALL
        .iter()
        .map(|kind| {
            let weight = PATTERNS
                .iter()
                .filter(|(of, _, pattern)| of == kind && pattern.is_match(text))
                .map(|(_, weight, _)| weight)
                .sum();
            (weight, *kind)
        })
        .collect();
    weights.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    match weights.as_slice() {
        [(best, kind), (next, _), ..] if *best >= 3 && best - next >= AHEAD => Likely::Sure(*kind),
        _ => Likely::Unsure,
    }
}
