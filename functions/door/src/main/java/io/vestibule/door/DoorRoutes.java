package io.vestibule.door;

import io.vestibule.core.Counter;
import io.vestibule.core.OperatorCode;
import io.vestibule.web.Links;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import io.vestibule.web.staff.StaffAnswer;
import io.vestibule.web.staff.StaffCall;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs people in, and hands on everything else. Who wants to read without a session is sent to
 * sign in without anybody being asked; whether a session is good is decided behind the door.
 */
final class DoorRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(DoorRoutes.class);
  private static final String LOGIN = "/staff/login";
  private static final String CALLBACK = "/staff/callback";

  /** What is handed on of a request; its cookies are not. */
  private static final Set<String> HEADERS =
      Set.of("accept-language", "content-type", "origin", "sec-fetch-site");

  private final Issuer issuer;
  private final BehindTheDoor behind;

  DoorRoutes(Issuer issuer, BehindTheDoor behind) {
    this.issuer = issuer;
    this.behind = behind;
  }

  /**
   * An answer.
   *
   * @param cookies that are set
   */
  record Answer(Reply reply, List<String> cookies) {}

  Answer answer(Request request, Cookies cookies) {
    return switch (request.path()) {
      case "/", "/staff" -> new Answer(Reply.seeOther("/staff/"), List.of());
      case LOGIN -> signIn(request);
      case CALLBACK -> callback(request, cookies);
      default -> page(request, cookies);
    };
  }

  private Answer signIn(Request request) {
    var signIn = SignIn.begin(request.query("to").orElse(""));
    var page = issuer.page(signIn, request.query("afresh").isPresent());
    return new Answer(Reply.seeOther(page.toString()), List.of(Cookies.signIn(signIn)));
  }

  /** Somebody comes from the issuer. Without what this browser had when it went there: again. */
  private Answer callback(Request request, Cookies cookies) {
    var signIn =
        cookies
            .signIn()
            .flatMap(SignIn::read)
            .filter(it -> request.query("state").filter(it::isOf).isPresent());
    if (signIn.isEmpty()) {
      return new Answer(Reply.seeOther("/staff/"), List.of(Cookies.noSignIn()));
    }
    request.query("error").map(IssuerError::of).ifPresent(DoorRoutes::refused);
    var idToken = request.query("code").flatMap(code -> issuer.idToken(code, signIn.get()));
    var call =
        idToken
            .map(it -> StaffCall.signIn(it, signIn.get().nonce(), stripped(request)))
            .orElseGet(() -> StaffCall.page(null, stripped(request)));
    return answer(behind.ask(call), signIn.get().to(), Optional.of(Cookies.noSignIn()));
  }

  private static void refused(IssuerError error) {
    var code = OperatorCode.STAFF_SIGN_IN_REFUSED.entry();
    LOG.warn("The provider signs nobody in: {}", error.text(), code);
    Counter.STAFF_SIGN_IN_REFUSED.increment();
  }

  private Answer page(Request request, Cookies cookies) {
    boolean reads = Set.of("GET", "HEAD").contains(request.method());
    var to = reads ? Links.withQuery(request.path(), request.query()) : request.path();
    return reads && cookies.session().isEmpty() && !request.path().equals("/staff/signed-out")
        ? signInFor(to, false, List.of())
        : answer(
            behind.ask(StaffCall.page(cookies.session().orElse(null), stripped(request))),
            to,
            Optional.empty());
  }

  private static Answer answer(StaffAnswer answer, String to, Optional<String> cookie) {
    var cookies = cookie.stream().toList();
    return switch (answer.kind()) {
      case PAGE -> new Answer(Objects.requireNonNull(answer.reply()), cookies);
      case SIGNED_IN ->
          new Answer(
              Reply.seeOther(to),
              List.of(
                  Cookies.session(Objects.requireNonNull(answer.session())), Cookies.noSignIn()));
      case SIGN_IN -> signInFor(to, false, List.of(Cookies.noSession()));
      case SIGN_IN_AFRESH -> signInFor(to, true, List.of(Cookies.noSession()));
      case SIGNED_OUT ->
          new Answer(Objects.requireNonNull(answer.reply()), List.of(Cookies.noSession()));
    };
  }

  private static Answer signInFor(String to, boolean afresh, List<String> cookies) {
    var query = new TreeMap<>(Map.of("to", SignIn.page(to)));
    if (afresh) {
      query.put("afresh", "1");
    }
    return new Answer(Reply.seeOther(Links.withQuery(LOGIN, query)), cookies);
  }

  private static Request stripped(Request request) {
    var headers = new TreeMap<>(request.headers());
    headers.keySet().retainAll(HEADERS);
    return new Request(
        request.method(),
        request.path(),
        request.route(),
        Map.of(),
        request.path().equals(CALLBACK) ? Map.of() : request.query(),
        headers,
        request.body());
  }
}
