package io.vestibule.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads {@code application/json} (RFC 8259): one object, no name twice, nothing after it. */
final class JsonBody {

  /**
   * The gateway hands JSON over as text, and this is what it makes of bytes that are not UTF-8. A
   * name that is damaged already must not be kept as if it had been sent so.
   */
  private static final char REPLACEMENT = '\uFFFD';

  /** No form nests; a few levels are for the forms to come. */
  private static final int DEEPEST = 20;

  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonBody() {}

  static ObjectNode read(byte[] body) throws UnreadableBody {
    try {
      String text = Utf8.decode(body);
      if (text.indexOf(REPLACEMENT) >= 0) {
        throw new UnreadableBody(Problem.Type.NOT_UTF8);
      }
      JsonNode content = STRICT.readTree(text);
      if (content instanceof ObjectNode values) {
        return values;
      }
      throw UnreadableBody.malformed();
    } catch (JsonProcessingException e) {
      throw new UnreadableBody(reason(e));
    }
  }

  private static Problem.Type reason(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return Problem.Type.TOO_DEEP;
    }
    // The library has no exception of its own for this.
    return e.getOriginalMessage().startsWith("Duplicate")
        ? Problem.Type.EQUAL_NAMES
        : Problem.Type.MALFORMED;
  }
}
