package io.vestibule.web;

import java.util.List;
import java.util.Optional;

/** Which web origins' scripts may post and read the answer (WHATWG Fetch, "CORS protocol"). */
public record Cors(List<String> origins) {

  /** The header that tells what became of the page to which a person was to be sent on. */
  public static final String NEXT = "Vestibule-Next";

  /** The answer to the question that a browser asks before it posts JSON. */
  public Reply preflight(Request request, String allowedMethods) {
    Reply reply = Reply.empty(204).with("Allow", allowedMethods);
    return listedOrigin(request).isEmpty()
        ? allow(request, reply)
        : allow(request, reply)
            .with("Access-Control-Allow-Methods", allowedMethods)
            .with("Access-Control-Allow-Headers", "Content-Type, Idempotency-Key")
            .with("Access-Control-Max-Age", "600");
  }

  /** Lets the script of a listed origin read the answer, whatever it says. */
  public Reply allow(Request request, Reply reply) {
    Reply varying = reply.with("Vary", "Origin");
    return listedOrigin(request)
        .map(
            origin ->
                varying
                    .with("Access-Control-Allow-Origin", origin)
                    .with(
                        "Access-Control-Expose-Headers",
                        "Retry-After, " + NEXT + ", " + IgnoredNames.HEADER))
        .orElse(varying);
  }

  /** The origin that the browser names, if it is a listed one. */
  public Optional<String> listedOrigin(Request request) {
    return request.header("origin").filter(origins::contains);
  }
}
