package io.vestibule.local.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that AWS answers with an error: the error's type, its message and the HTTP status. */
public final class Refusal extends Exception {

  private final int status;
  private final String type;
  private final @Nullable String words;

  /**
   * An error of AWS.
   *
   * @param type the exception's name, as the service's model has it
   * @param words the message; null where AWS gives none
   */
  public Refusal(int status, String type, @Nullable String words) {
    super(type + ": " + words);
    this.status = status;
    this.type = type;
    this.words = words;
  }

  public String type() {
    return type;
  }

  /** The error as the JSON protocols carry it: SDKs read the type from header or body. */
  public Backend.Response response(String contentType) {
    var body = JsonNodeFactory.instance.objectNode().put("__type", type);
    if (words != null) {
      body.put("message", words);
    }
    return new Backend.Response(
        status,
        Map.of("Content-Type", contentType, "x-amzn-errortype", type),
        body.toString().getBytes(StandardCharsets.UTF_8));
  }
}
