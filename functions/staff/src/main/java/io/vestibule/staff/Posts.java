package io.vestibule.staff;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.staff.session.Session;
import io.vestibule.web.Body;
import io.vestibule.web.Request;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * What is posted by a form of our own pages. The browser says so, and the form carries what only
 * the pages of this session have.
 */
final class Posts {

  private final String origin;

  /** Of pages at an origin. */
  Posts(String origin) {
    this.origin = origin;
  }

  /** What was posted; empty if it does not come from a page of ours. */
  Optional<ObjectNode> read(Request request, Session session) {
    return isOurs(request) && Body.of(request) instanceof Body.Values(ObjectNode values)
        ? Optional.of(values).filter(it -> carries(it, session))
        : Optional.empty();
  }

  /** Older browsers send no Sec-Fetch-Site, but with a POST the Origin. */
  private boolean isOurs(Request request) {
    var site = request.header("sec-fetch-site");
    return site.isPresent()
        ? site.get().equals("same-origin")
        : request.header("origin").filter(origin::equals).isPresent();
  }

  private static boolean carries(ObjectNode values, Session session) {
    return MessageDigest.isEqual(
        values.path("csrf").asText().getBytes(UTF_8), session.csrf().getBytes(UTF_8));
  }
}
