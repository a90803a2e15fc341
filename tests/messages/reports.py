"""Reports of mail servers about letters that came back, in the forms in which people get them."""


def a_report(number: str, status: str, *, action: str = "failed", quoted: str = "rfc822") -> bytes:
    """As RFC 3464 has it: `number` is the Message-ID of the letter."""
    kind = "message/rfc822" if quoted == "rfc822" else "text/rfc822-headers"
    return f"""From: MAILER-DAEMON@posta.example
To: tavolo@localhost
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

I could not deliver your message.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; posta.example

Final-Recipient: rfc822; delegata@casa.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} No such user

--B
Content-Type: {kind}

From: tavolo@localhost
Message-ID: {number}
Subject: Domanda

--B--
""".encode()


def a_plain_report(number: str, code: str = "550 No such user here") -> bytes:
    """As older servers write it: one text, with the letter beneath."""
    return f"""From: Mail Delivery System <Mailer-Daemon@vecchio.example>
To: tavolo@localhost
Subject: Mail delivery failed: returning message to sender
X-Failed-Recipients: delegata@casa.example

A message that you sent could not be delivered.

  delegata@casa.example
    host mx.casa.example: {code}

------ This is a copy of the message ------

Message-ID: {number}
Subject: Domanda
""".encode()
