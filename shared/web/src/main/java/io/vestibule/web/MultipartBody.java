package io.vestibule.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jvnet.mimepull.MIMEConfig;
import org.jvnet.mimepull.MIMEMessage;
import org.jvnet.mimepull.MIMEParsingException;
import org.jvnet.mimepull.MIMEPart;

/** Reads {@code multipart/form-data} (RFC 7578) without files. */
final class MultipartBody {

  private MultipartBody() {}

  static ObjectNode read(byte[] body, String boundary) throws UnreadableBody {
    if (boundary.isEmpty()) {
      throw UnreadableBody.malformed();
    }
    var values = new FormValues();
    if (!isOfNoParts(body, boundary)) {
      for (var part : parts(body, boundary)) {
        readPart(part, values);
      }
    }
    return values.values();
  }

  /** As a form without any controls is sent: the library misses the beginning of a part there. */
  private static boolean isOfNoParts(byte[] body, String boundary) {
    return new String(body, ISO_8859_1).startsWith("--" + boundary + "--");
  }

  private static List<MIMEPart> parts(byte[] body, String boundary) throws UnreadableBody {
    try {
      return new MIMEMessage(new ByteArrayInputStream(body), boundary, inMemory()).getAttachments();
    } catch (MIMEParsingException e) {
      throw UnreadableBody.malformed();
    }
  }

  private static MIMEConfig inMemory() {
    var config = new MIMEConfig();
    config.setMemoryThreshold(-1);
    return config;
  }

  private static void readPart(MIMEPart part, FormValues values) throws UnreadableBody {
    var disposition = disposition(part);
    String name = disposition.get("name");
    byte[] value = content(part);
    if (isFile(disposition, value)) {
      throw new UnreadableBody(Problem.Type.UNSUPPORTED_MEDIA_TYPE);
    }
    if (name == null) {
      throw UnreadableBody.malformed();
    }
    values.add(name, Utf8.decode(value));
  }

  /**
   * A control for a file that was left empty is sent as a file without a name and without bytes.
   */
  private static boolean isFile(Map<String, String> disposition, byte[] value) {
    return disposition.keySet().stream().anyMatch(it -> it.startsWith("filename"))
        && !("".equals(disposition.get("filename")) && value.length == 0);
  }

  private static byte[] content(MIMEPart part) {
    try (var content = part.read()) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("what is in memory can always be read", e);
    }
  }

  /** The library hands over bytes as Latin-1, and a header of several lines as it came. */
  private static Map<String, String> disposition(MIMEPart part) throws UnreadableBody {
    var headers = part.getHeader("Content-Disposition");
    return headers == null || headers.isEmpty()
        ? Map.of()
        : Parameters.of(Utf8.decode(headers.getFirst().getBytes(ISO_8859_1)));
  }
}
