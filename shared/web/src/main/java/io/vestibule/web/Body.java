package io.vestibule.web;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a request's body says, or why it cannot be read. */
public sealed interface Body {

  /** The most bytes that a body may have: 64 KiB. */
  int LIMIT = 64 * 1024;

  /** Values by name; from an HTML form each is a text, or a list of texts if its name repeats. */
  record Values(ObjectNode values) implements Body {}

  /** It is not read. */
  record Refused(Problem.Type reason) implements Body {}

  /** Reads the body as what its Content-Type says it is. */
  static Body of(Request request) {
    if (request.body().length > LIMIT) {
      return new Refused(Problem.Type.TOO_LARGE);
    }
    MediaType type = MediaType.of(request);
    if (!type.isUtf8()) {
      return new Refused(Problem.Type.UNSUPPORTED_MEDIA_TYPE);
    }
    try {
      return switch (type.name()) {
        case "application/json" -> new Values(JsonBody.read(request.body()));
        case "application/x-www-form-urlencoded" -> new Values(UrlEncodedBody.read(request.body()));
        case "multipart/form-data" ->
            new Values(MultipartBody.read(request.body(), type.parameter("boundary")));
        default -> new Refused(Problem.Type.UNSUPPORTED_MEDIA_TYPE);
      };
    } catch (UnreadableBody e) {
      return new Refused(e.reason());
    }
  }
}
