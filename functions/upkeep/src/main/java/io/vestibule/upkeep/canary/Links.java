package io.vestibule.upkeep.canary;

import io.vestibule.core.RowId;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The links of ours in a mail. Anybody can write to the mailbox: so a link counts only if it leads
 * to our own public address, and to the row that it is asked about.
 */
record Links(URI publicUrl) {

  /** As long as a token is, so that nothing else is ever sent to the door as one. */
  private static final String TOKEN = "[A-Za-z0-9_-]{43}";

  /** Ours have two parts. A stranger's could be nested without end. */
  private static final int DEEPEST = 3;

  /** Lines that may divide parts. A stranger's could be thousands, each of which takes its time. */
  private static final int MOST_DIVIDERS = 50;

  private static final Session NO_SERVER = Session.getInstance(new Properties());

  /**
   * The links to a row, each with its token.
   *
   * @param mail as it came, by RFC 5322 and MIME
   * @return none if it is no mail, or one with more parts than ours could have
   */
  List<URI> to(RowId id, byte[] mail) {
    if (dividers(mail) > MOST_DIVIDERS) {
      return List.of();
    }
    try {
      var message = new MimeMessage(NO_SERVER, new ByteArrayInputStream(mail));
      return texts(message, DEEPEST).stream()
          .flatMap(text -> link(id).matcher(text).results())
          .map(MatchResult::group)
          .distinct()
          .map(URI::create)
          .toList();
    } catch (MessagingException | IOException | RuntimeException e) {
      // Whatever a stranger has sent, it must not keep ours from being read.
      return List.of();
    }
  }

  private Pattern link(RowId id) {
    var page =
        switch (id.destination()) {
          case STORAGE -> "/verify/";
          case DELETION -> "/requests/";
        };
    return Pattern.compile(
        "(?<![^\\s<])%s\\?token=%s(&[a-z]+=[A-Za-z0-9-]*){0,9}(?=[\\s>]|$)"
            .formatted(Pattern.quote(publicUrl.resolve(page + id.value()).toString()), TOKEN));
  }

  private static List<String> texts(Part part, int deep) throws MessagingException, IOException {
    if (part.isMimeType("text/plain")) {
      return List.of(text(part));
    }
    var all = new ArrayList<String>();
    if (deep > 0
        && part.isMimeType("multipart/*")
        && part.getContent() instanceof MimeMultipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        if (parts.getBodyPart(i) instanceof MimeBodyPart body) {
          all.addAll(texts(body, deep - 1));
        }
      }
    }
    return all;
  }

  private static int dividers(byte[] mail) {
    int found = 0;
    for (int i = 1; i + 1 < mail.length; i++) {
      boolean begins = mail[i - 1] == '\n' || mail[i - 1] == '\r';
      if (begins && mail[i] == '-' && mail[i + 1] == '-') {
        found++;
      }
    }
    return found;
  }

  /** Links are ASCII, which is the same in any character set that a mail of ours has. */
  private static String text(Part part) throws MessagingException, IOException {
    try (InputStream decoded = part.getInputStream()) {
      return new String(decoded.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
