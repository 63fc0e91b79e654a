package io.vestibule.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;

/** Reads {@code multipart/form-data} (RFC 7578) without files. */
final class MultipartBody {

  private MultipartBody() {}

  static ObjectNode read(byte[] body, String boundary) throws UnreadableBody {
    var values = new FormValues();
    try {
      MultipartInput parts =
          MultipartInput.builder()
              .setByteArray(body)
              .setBoundary(boundary.getBytes(US_ASCII))
              .get();
      parts.setHeaderCharset(UTF_8);
      if (boundary.isEmpty() || !parts.skipPreamble()) {
        throw UnreadableBody.malformed();
      }
      do {
        readPart(parts, values);
      } while (parts.readBoundary());
    } catch (IOException | IllegalArgumentException e) {
      throw UnreadableBody.malformed();
    }
    return values.values();
  }

  private static void readPart(MultipartInput parts, FormValues values)
      throws IOException, UnreadableBody {
    Map<String, String> disposition = disposition(parts.readHeaders());
    String name = disposition.get("name");
    if (disposition.containsKey("filename") || disposition.containsKey("filename*")) {
      throw new UnreadableBody(Problem.Type.UNSUPPORTED_MEDIA_TYPE);
    }
    if (name == null) {
      throw UnreadableBody.malformed();
    }
    var value = new ByteArrayOutputStream();
    parts.readBodyData(value);
    values.add(name, Utf8.decode(value.toByteArray()));
  }

  private static Map<String, String> disposition(String headers) {
    var parser = new ParameterParser();
    parser.setLowerCaseNames(true);
    return headers
        .lines()
        .filter(line -> line.regionMatches(true, 0, "Content-Disposition:", 0, 20))
        .findFirst()
        .map(line -> parser.parse(line.substring(20), ';'))
        .orElse(Map.of());
  }
}
