package io.vestibule.staff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.EntryId;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Right;
import io.vestibule.staff.roles.Roles;
import io.vestibule.staff.session.Sessions;
import io.vestibule.web.Links;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import io.vestibule.web.staff.StaffAnswer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The pages for staff, by their addresses. Everything but two of them wants a session. */
final class StaffRoutes {

  private static final String ENTRIES = "/staff/entries/";
  private static final String SIGN_OUT = "/staff/sign-out";
  private static final String SIGNED_OUT = "/staff/signed-out";
  private static final Set<String> READS = Set.of("GET", "HEAD");

  private final Sessions sessions;
  private final Roles roles;
  private final StaffPages pages;
  private final Posts posts;
  private final Today today;
  private final Lists lists;
  private final EntryPage entryPage;

  StaffRoutes(
      Sessions sessions,
      Roles roles,
      StaffPages pages,
      Posts posts,
      Today today,
      Lists lists,
      EntryPage entryPage) {
    this.sessions = sessions;
    this.roles = roles;
    this.pages = pages;
    this.posts = posts;
    this.today = today;
    this.lists = lists;
    this.entryPage = entryPage;
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
    return switch (visit.request().path()) {
      case "/staff/" -> visit.may(Right.COUNT) ? today.show(visit) : missing(visit);
      case "/staff/new" -> visit.may(Right.LIST) ? lists.show(visit) : missing(visit);
      case SIGN_OUT -> Reply.seeOther("/staff/");
      default ->
          entryId(visit.request())
              .filter(_ -> visit.may(Right.OPEN))
              .map(id -> open(visit, id))
              .orElseGet(() -> missing(visit));
    };
  }

  /** Nobody would see what a HEAD has opened. */
  private Reply open(Visit visit, EntryId id) {
    return visit.request().method().equals("HEAD")
        ? Reply.empty(405).with("Allow", "GET, POST")
        : entryPage.show(visit, id, Roles.WORK);
  }

  private StaffAnswer write(Visit visit, ObjectNode values) {
    if (visit.request().path().equals(SIGN_OUT)) {
      sessions.end(visit.session());
      return StaffAnswer.signedOut(Reply.seeOther(SIGNED_OUT));
    }
    return StaffAnswer.page(
        entryId(visit.request())
            .flatMap(id -> entryPage.write(visit, id, values))
            .orElseGet(() -> missing(visit)));
  }

  private static Optional<EntryId> entryId(Request request) {
    if (!request.path().startsWith(ENTRIES)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new EntryId(request.path().substring(ENTRIES.length())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
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
