package io.vestibule.local.aws;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Something that answers AWS requests: an emulator in this process, or a server elsewhere. */
@FunctionalInterface
public interface Backend {

  Response handle(Request request) throws IOException;

  /**
   * One HTTP request in AWS's wire format.
   *
   * @param target path and query as they stood in the request line
   * @param headers by name; look-ups ignore case
   */
  record Request(String method, String target, Map<String, String> headers, byte[] body) {

    public Request {
      headers = caseless(headers);
    }

    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    /** The operation that a JSON-protocol request names, without the service's prefix. */
    public Optional<String> jsonOperation() {
      return header("X-Amz-Target").map(target -> target.substring(target.lastIndexOf('.') + 1));
    }
  }

  /** One HTTP response; header names are sent as they stand here. */
  record Response(int status, Map<String, String> headers, byte[] body) {}

  private static Map<String, String> caseless(Map<String, String> headers) {
    var byName = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, value) -> byName.put(name.toLowerCase(Locale.ROOT), value));
    return byName;
  }
}
