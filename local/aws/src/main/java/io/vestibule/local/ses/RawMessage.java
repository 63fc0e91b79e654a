package io.vestibule.local.ses;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Date;
import java.util.Properties;

/** A mail as it goes over the wire: two parts, and lines that are broken as MIME wants it. */
final class RawMessage {

  private RawMessage() {}

  static byte[] of(Mail mail, String messageId) {
    try {
      var message = new MimeMessage(Session.getInstance(new Properties()));
      message.setFrom(mail.headers().get("From"));
      for (String recipient : mail.to()) {
        message.addRecipient(Message.RecipientType.TO, new InternetAddress(recipient));
      }
      message.setSubject(mail.subject(), UTF_8.name());
      message.setSentDate(Date.from(mail.at()));
      message.setContent(
          new MimeMultipart("alternative", part(mail.text(), "plain"), part(mail.html(), "html")));
      message.saveChanges();
      message.setHeader("Message-ID", "<" + messageId + "@email.amazonses.com>");
      var bytes = new ByteArrayOutputStream();
      message.writeTo(bytes);
      return bytes.toByteArray();
    } catch (MessagingException e) {
      throw new IllegalArgumentException("no mail can be made of it", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    var part = new MimeBodyPart();
    part.setText(text, UTF_8.name(), subtype);
    part.setHeader("Content-Transfer-Encoding", "quoted-printable");
    return part;
  }
}
