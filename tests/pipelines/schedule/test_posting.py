"""Notices arrive at a real web server; addresses never show."""

import email.policy
import re
import socket

import apprise
import pytest

from pipelines.schedule.posting import Post


@pytest.mark.parametrize(
    "address",
    [
        "wecombot://0123abcd-0123-4567-89ab-0123456789ab", "dingtalk://abcdefghijk1234567890",
        "dingtalk://SEC0123456789abcdef@abcdefghijk1234567890", "feishu://abcdefgh12345678",
        "mailto://user:pass@example.org?to=duty@example.org", "mailtos://user:pass@mail.example.org?to=duty@example.org",
    ],
)  # fmt: skip
def test_apprise_knows_the_kinds_of_address_that_the_manual_names(address):
    assert apprise.Apprise.instantiate(address) is not None


def test_a_notice_arrives_as_it_was_written_but_for_personal_numbers(post_office):
    deliveries = Post(post_office.address).send("标题", "张三 13800138000 未报")
    assert [(d.number, d.scheme, d.sent) for d in deliveries] == [(1, "json", True)]
    assert [(m["title"], m["message"]) for m in post_office.messages] == [("标题", "张三 [手机号] 未报")]


def test_a_mail_is_plain_text_as_it_was_written(mail_office):
    address, mails = mail_office
    assert [d.sent for d in Post(address).send("标题", "第一行 <a> & b\n第二行")] == [True]
    mail = email.message_from_string(mails[0], policy=email.policy.default)
    assert mail["Subject"] == "标题"
    assert [part.get_content_type() for part in mail.walk() if not part.is_multipart()] == ["text/plain"]
    assert mail.get_body().get_content().splitlines()[:2] == ["第一行 <a> & b", "第二行"]


def test_every_address_is_tried_whatever_became_of_those_before(post_office):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening: connections are refused
        dead = f"json://127.0.0.1:{taken.getsockname()[1]}/SECRETKEY"
        deliveries = Post(f"nonsense://SECRETKEY SECRETKEY {dead}\n{post_office.address}").send("a", "b")
    assert [str(d) for d in deliveries] == ["1:?", "2:?", "3:json", "4:json"]
    assert [d.sent for d in deliveries] == [False, False, False, True]


def test_a_webhook_that_answers_with_an_error_has_not_taken_the_notice(post_office):
    post_office.code = 500
    assert [d.sent for d in Post(post_office.address).send("a", "b")] == [False]


def test_nothing_says_an_address(post_office, capfd, caplog):
    post_office.code = 403
    post = Post(f"{post_office.address} wecombot:/SECRETKEY")
    shown = f"{post!r} {[str(d) for d in post.send('a', 'b')]} {capfd.readouterr()} {caplog.text}"
    assert not re.search("secretkey", shown, re.IGNORECASE)


def test_without_addresses_nothing_is_sent():
    assert not Post("  ")
    assert Post("").send("a", "b") == []
