package io.vestibule.staff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.staff.page.Place;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Roles;
import io.vestibule.staff.session.Sessions;
import io.vestibule.web.Links;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import io.vestibule.web.staff.StaffAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The pages for staff, by their addresses. Everything but two of them wants a session. */
final class StaffRoutes {

  private static final String SIGN_OUT = "/staff/sign-out";
  private static final String SIGNED_OUT = "/staff/signed-out";
  private static final Set<String> READS = Set.of("GET", "HEAD");

  private final Sessions sessions;
  private final Roles roles;
  private final StaffPages pages;
  private final Posts posts;
  private final List<Section> sections;

  StaffRoutes(
      Sessions sessions, Roles roles, StaffPages pages, Posts posts, List<Section> sections) {
    this.sessions = sessions;
    this.roles = roles;
    this.pages = pages;
    this.posts = posts;
    this.sections = List.copyOf(sections);
  }

  /** Answers what somebody asks for. */
  StaffAnswer answer(Optional<String> sealed, Request request, String invocation) {
    if (request.path().equals(SIGNED_OUT)) {
      return StaffAnswer.page(signedOut(request));
    }
    return sealed
        .flatMap(sessions::open)
        .filter(session -> !roles.among(session.roles()).isEmpty())
        .map(session -> answer(new Visit(session, roles, request, invocation)))
        .orElseGet(() -> withoutSession(sealed, request));
  }

  /**
   * Pages allow their forms to be sent to our own host only, so a browser stops a deed that is sent
   * on to the issuer, and says nothing. Another site's deed comes without a cookie, and takes none.
   */
  private StaffAnswer withoutSession(Optional<String> sealed, Request request) {
    if (READS.contains(request.method())) {
      return StaffAnswer.signIn();
    }
    var reply = request.path().equals(SIGN_OUT) ? Reply.seeOther(SIGNED_OUT) : notDone(request);
    return sealed.isPresent() ? StaffAnswer.signedOut(reply) : StaffAnswer.page(reply);
  }

  private StaffAnswer answer(Visit visit) {
    return switch (visit.request().method()) {
      case "GET", "HEAD" -> StaffAnswer.page(read(visit));
      case "POST" ->
          posts
              .read(visit.request(), visit.session())
              .map(values -> write(visit, values))
              .orElseGet(() -> StaffAnswer.page(notOurs(visit)));
      default -> StaffAnswer.page(missing(visit));
    };
  }

  private Reply read(Visit visit) {
    return visit.request().path().equals(SIGN_OUT)
        ? Reply.seeOther(Place.TODAY.path())
        : first(it -> it.read(visit)).orElseGet(() -> missing(visit));
  }

  private StaffAnswer write(Visit visit, ObjectNode values) {
    if (visit.request().path().equals(SIGN_OUT)) {
      sessions.end(visit.session());
      return StaffAnswer.signedOut(Reply.seeOther(SIGNED_OUT));
    }
    return StaffAnswer.page(first(it -> it.write(visit, values)).orElseGet(() -> missing(visit)));
  }

  private Optional<Reply> first(Function<Section, Optional<Reply>> answer) {
    return sections.stream().map(answer).flatMap(Optional::stream).findFirst();
  }

  private Reply signedOut(Request request) {
    return pages.outside(request, 200, "staff.signed-out", _ -> StaffPages.SIGN_IN_AFRESH);
  }

  /** Whoever signs in again comes back to the page, and may press once more. */
  private Reply notDone(Request request) {
    return pages.outside(
        request,
        403,
        "staff.ended",
        page -> Links.withQuery("/staff/login", Map.of("to", page.to(request.path()))));
  }

  /** There is no such page, or not for this role. */
  private Reply missing(Visit visit) {
    return visit.message(pages, 404, "staff.missing");
  }

  private Reply notOurs(Visit visit) {
    return visit.message(pages, 403, "staff.not-ours");
  }
}
