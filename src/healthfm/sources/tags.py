"""The words of lists that are no titles: venues and dates, labels of links, short names of models."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_MONTH: Final = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE: Final = re.compile(
    rf"""(?:
    '?\d{{2}}|(?:19|20)\d{{2}}(?:[-./]\d{{1,2}}){{0,2}}|(?:19|20)\d{{4}}(?:\d\d)?
    |\d{{1,2}}[-/.]\d{{1,2}}(?:[-/.](?:\d\d){{1,2}})?|\d{{1,2}}[-/](?:19|20)\d{{2}}
    |(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?,?(?:\s+'?(?:19|20)?\d{{2}})?
    |\d{{1,2}}-{_MONTH}-(?:19|20)?\d\d
    |(?:19|20)\d\d\s*年(?:\s*\d{{1,2}}\s*月)?(?:\s*\d{{1,2}}\s*日)?
    |(?:spring|summer|fall|autumn|winter)\s+(?:19|20)\d\d|q[1-4]\s+(?:19|20)\d\d
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|'\d{2}(?!\d)|(?<=[a-z])\d{2}(?!\d)", re.IGNORECASE)
_FULL_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|['’]\d{2}(?!\d)")
_VENUES: Final = re.compile(
    r"""(?<![\w-])(?:
    (?:ar|bio|med|chem|psyar|tech)r?xiv|preprint|ssrn|openreview|research\ ?square
    |zenodo|under\ review
    |neurips|nips|icml|iclr|aistats|uai|colt|tmlr|jmlr|corl|rss|icra|iros|automl|colm|mlsys
    |cvprw?|iccvw?|eccvw?|wacvw?|bmvc|accv|3dv|ijcv|t?pami|tip|tmm|tcsvt|tnnls|icip|icpr|icme
    |siggraph(?:\ asia)?|tog
    |miccaiw?|isbi|midl|ipmi|tmi|t-mi|media|mia|j-?bhi|bhi|embc|bibm|tbme|cmig|spie|isgie
    |aaai|ijcai|ecai|aamas|acl|emnlp|naacl|eacl|aacl|coling|tacl|conll|lrec|semeval|bionlp|clinicalnlp
    |findings
    |sigir|kdd|www|wsdm|cikm|recsys|ecir|icdm|sdm|tkde|vldb|sigmod|icde|dasfaa|jcdl|the\ web\ conf
    |icassp|interspeech|asru|slt|taslp|ismir|mm|acmmm|acm\ mm|icmr|tomm|chi|uist|iui|cscw|fac?ct|fse|icse|ase
    |ml4h|chil|mlhc|amia|jamia|jmir|jama|nejm|lancet|bmj|recomb|ismb|psb|embs
    |peerj|msystems|ebiomedicine|imeta|nature|science|cell|pnas|plos|radiology|bioinformatics|elife|iscience|patterns|cureus|gigascience
    |medical\ image\ analysis|scientific\ (?:reports|data)|computers\ in\ biology\ and\ medicine
    |neurocomputing
    |artificial\ intelligence\ in\ medicine|pattern\ recognition|information\ fusion|neural\ networks
    |bioengineering
    |nat\.?\ \w+\.?(?:\ \w+\.?)?|npj|ieee|acm|springer|elsevier|frontiers|mdpi|wiley|oup|nejm\ ai
    |tech(?:nical)?\.?\ report|white\ ?paper|blog|github|huggingface|hugging\ face|project\ page|website
    |report|thesis
    |journal|transactions|trans\.|conference|proceedings|proc\.|symposium|workshops?|annals|letters
    |magazine|reviews?
    )(?![\w-])""",
    re.VERBOSE | re.IGNORECASE,
)
_HONOURS: Final = re.compile(
    r"\b(?:oral|spotlight|highlight|poster|best\ paper|award|accepted|main|findings|workshops?|long|short|"
    r"demo|track|db|"
    r"datasets?|and|benchmarks?|under|review|in|at|on|of|the|to|appear|outstanding|extended|abstract)\b",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_][\w.'’-]*")
_LABEL_WORDS: Final = frozenset(
    """paper papers pdf abs abstract html arxiv biorxiv medrxiv preprint publication article report source
    sources src
    code codes github git gitlab repo repository repositories implementation official unofficial pytorch
    tensorflow tf
    jax keras torch matlab paddle weights weight checkpoint checkpoints ckpt model models hugging face
    huggingface hf
    modelscope space spaces blog blogs post news docs doc documentation tutorial tutorials notebook colab
    kaggle dataset
    datasets data benchmark leaderboard project page pages homepage website site web home demo demos video
    videos youtube
    slides slide poster talk supp supplementary supplement appendix material materials link links url here
    download
    openreview doi pubmed pmc bib bibtex cite citation acl anthology ieee acm springer nature tweet twitter
    thread
    discord wechat zhihu note notes summary review reviews app api tool package pip pypi docker third-party
    community
    version extended full text online journal conference proceedings technical tech training inference eval
    evaluation
    stars star forks license access free open media press release announcement card modelcard playground
    system and with
    for the of on & + / | - – — : . 论文 代码 项目 主页 数据 数据集 模型 博客 链接 地址 中文 技术报告 官网
    english chinese zh en cn""".split()
)


#: A number, a version, or the size of a model: 7B, 1.8b, 8x7B.
_NUMBER: Final = re.compile(r"\d+|v\d+|(?:\d+x)?\d+(?:\.\d+)?[bm]")


def is_date(text: str) -> bool:
    """Whether a text is a date and nothing else: ``2024``, ``2024-03``, ``06/08``, ``12th Sep., 2023``."""
    return bool(_DATE.fullmatch(text.strip(" ,.;:()[]")))


@lru_cache(maxsize=8_192)
def is_tag(text: str) -> bool:
    """Whether a text says only when or where a work appeared.

    Examples
    --------
    >>> [is_tag(text) for text in ["arXiv", "NPJ Digit. Med.", "Nature Medicine, 2023", "06/08"]]
    [True, True, True, True]
    >>> [is_tag(text) for text in ["BioBERT", "A survey of 2024", "The Nature of Code"]]
    [False, False, False]
    """
    bare = " ".join(text.strip(" ,.;:|*_()[]【】").split())
    if not bare or len(bare) > 90:
        return False
    if _DATE.fullmatch(bare):
        return True
    if re.match(r"(?:an?|the(?! lancet| web conf)) ", bare, re.IGNORECASE):
        return False
    words = _WORD.findall(_HONOURS.sub(" ", _YEAR.sub(" ", bare)))
    if _VENUES.search(bare):
        others = _WORD.findall(_HONOURS.sub(" ", _VENUES.sub(" ", bare)))
        proper = all(word[0].isupper() for word in others) or words[0][0].isupper()
        return len(bare.split()) <= 10 and (proper or len(words) == 1)
    return bool(_FULL_YEAR.search(bare)) and len(words) <= 4 and all(word[0].isupper() for word in words)


def is_venue(text: str) -> bool:
    """Whether a text is a venue or date so well known that nothing else can be meant by it."""
    bare = re.sub(r"[\s'’]*(?:19|20)?\d{2}$", "", text.strip(" ,.;:()[]"))
    return is_date(text) or bool(_VENUES.fullmatch(bare))


def is_venue_like(text: str) -> bool:
    """Whether a tag is a known venue or has a year in it, so that it may stand anywhere."""
    return is_venue(text) or has_year(text) or len(text.split()) <= 4


def has_year(text: str) -> bool:
    """Whether a text holds a year, in full or as in CVPR'24."""
    return bool(re.search(r"(?:19|20)\d{2}|['’]\d{2}\b", text))


@lru_cache(maxsize=8_192)
def is_label(text: str) -> bool:
    """Whether a link's text only says what kind of page it leads to.

    Examples
    --------
    >>> [is_label(text) for text in ["Paper", "🤗 Model", "Code (PyTorch)", "*", "CVPR 2024"]]
    [True, True, True, True, True]
    >>> [is_label(text) for text in ["BioBERT", "A survey of models", "GPT-4 Technical Report"]]
    [False, False, False]
    """
    bare = text.strip(" []()（）【】*`:.,").lower()
    words = [word.strip("()[]{}:.,*!’'\"“”") for word in re.split(r"[\s_/|+&,()-]+", bare)]
    words = [word for word in words if any(character.isalnum() for character in word)]
    if not words or len(bare) == 1:
        return True
    if all(word.rstrip("0123456789") in _LABEL_WORDS or _NUMBER.fullmatch(word) for word in words):
        return len(words) <= 6
    if re.fullmatch(r"\d{4}\.\d{4,5}(?:v\d+)?", bare.removeprefix("arxiv:").strip()):
        return True
    return len(words) <= 6 and is_tag(text) and is_venue(text)


def is_name(text: str) -> bool:
    """Whether a text looks like the short name of a model: one to three words, one of them no plain word.

    Examples
    --------
    >>> [is_name(text) for text in ["BioBERT", "Med-PaLM 2", "CLIP", "T0++", "China", "Survey", "2024"]]
    [True, True, True, True, False, False, False]
    """
    bare = text.strip(" :,.;")
    words = bare.split()
    if not 1 <= len(words) <= 3 or len(bare) > 40 or is_tag(bare) or is_label(bare):
        return False
    return any(
        re.search(r"[^\W\d_].*[^\W\d_a-z]|\d.*[^\W\d_]|[^\W\d_].*[\d+]", word)
        and re.search(r"[A-Za-zΑ-Ωα-ω]", word)
        and re.fullmatch(r"[\w.+\-/:@²³⁺·]+", word)
        for word in words
    )
