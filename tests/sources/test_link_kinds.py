"""What a link leads to, by its address, its label, its host and its column."""

from __future__ import annotations

import pytest

from healthfm.sources.identifiers import canonical
from healthfm.sources.link_kinds import link_kind


@pytest.mark.parametrize(
    ("label", "url", "kind"),
    [
        ("Paper", "https://a.org/x", "paper"),
        ("Code", "https://arxiv.org/abs/2301.00001", "paper"),
        ("HF", "https://huggingface.co/papers/2301.00001", "paper"),
        ("Journal Version", "https://www.nature.com/articles/s41586-023-00002-2", "paper"),
        ("Link", "https://chemrxiv.org/engage/chemrxiv/article-details/1", "paper"),
        ("Official Code", "https://a.org/x", "code"),
        ("Colab", "https://colab.research.google.com/drive/x", "code"),
        ("7B", "https://huggingface.co/a/b", "weights"),
        ("Model", "https://hf.co/a/b", "weights"),
        ("HF", "https://huggingface.co/datasets/squad", "dataset"),
        ("Link", "https://osf.io/89kps/", "dataset"),
        ("Demo", "https://huggingface.co/spaces/a/b", "project"),
        ("Project Page", "https://a.github.io/x", "project"),
        ("Blog Post", "https://a.org/x", "blog"),
        ("Docs", "https://a.readthedocs.io", "documentation"),
        ("Slides", "https://a.org/slides.pdf", "other"),
        ("Video", "https://youtu.be/x", "other"),
        ("A title of its own", "https://a.org/x.pdf", "paper"),
        ("A title of its own", "https://a.org/x", "other"),
    ],
)
def test_kinds(label: str, url: str, kind: str) -> None:
    """The address decides where it can, then the label where it is one, then the host."""
    assert str(link_kind(label, url, canonical(url).id)) == kind
