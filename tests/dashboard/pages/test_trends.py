from dashboard.pages.trends import _adds_up


def test_rounded_parts_must_give_the_rounded_whole() -> None:
    assert _adds_up([1.0, 0.2, -0.1], 1)
    assert not _adds_up([1.16, -0.04, -0.03], 1)
    assert _adds_up([1.16, -0.04, -0.03], 2)
