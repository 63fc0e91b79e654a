package io.vestibule.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where API Gateway meets a function's answers. Whatever cannot be read or fails is answered with
 * {@code 503} and {@code Retry-After}, in our own words: nothing of it may reach Lambda's runtime,
 * which would log its message.
 */
public final class Endpoint {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  private final Languages languages;
  private final Pages pages;
  private final Consumer<RuntimeException> onFailure;

  /**
   * An endpoint.
   *
   * @param onFailure is told of each failure, to log and count it
   */
  public Endpoint(Languages languages, Pages pages, Consumer<RuntimeException> onFailure) {
    this.languages = languages;
    this.pages = pages;
    this.onFailure = onFailure;
  }

  /** Has the request that an event tells of answered; one that tells of none is a failure. */
  public ObjectNode handle(JsonNode event, Function<Request, Reply> answer) {
    var request = Request.UNKNOWN;
    try {
      request = Request.of(event);
      return answer.apply(request).to(request);
    } catch (RuntimeException e) {
      return failed(request, e).to(request);
    }
  }

  /** Has a request answered, so that more can be done with the answer whether it fails or not. */
  public Reply answer(Request request, Supplier<Reply> answer) {
    try {
      return answer.get();
    } catch (RuntimeException e) {
      return failed(request, e);
    }
  }

  private Reply failed(Request request, RuntimeException e) {
    onFailure.accept(e);
    return pages
        .problem(request, languages.choose(request), Problem.of(Problem.Type.UNAVAILABLE))
        .retryAfter(RETRY_AFTER);
  }
}
