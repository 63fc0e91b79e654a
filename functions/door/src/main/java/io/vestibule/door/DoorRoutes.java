package io.vestibule.door;

import io.vestibule.core.Counter;
import io.vestibule.core.OperatorCode;
import io.vestibule.web.Body;
import io.vestibule.web.Links;
import io.vestibule.web.Problem;
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
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

  /** What an issuer sends along is of visible ASCII (RFC 6749, appendix A). */
  private static final Pattern OF_ISSUER = Pattern.compile("[\\x21-\\x7e]{1,2048}");

  private final Issuer issuer;
  private final BehindTheDoor behind;
  private final BiFunction<Request, Problem.Type, Reply> problems;

  /**
   * The door.
   *
   * @param problems tells somebody that nothing was done
   */
  DoorRoutes(
      Issuer issuer, BehindTheDoor behind, BiFunction<Request, Problem.Type, Reply> problems) {
    this.issuer = issuer;
    this.behind = behind;
    this.problems = problems;
  }

  /**
   * An answer.
   *
   * @param cookies that are set
   */
  record Answer(Reply reply, List<String> cookies) {}

  Answer answer(Request request, Cookies cookies) {
    if (request.body().length > Body.LIMIT) {
      return problem(request, Problem.Type.TOO_LARGE);
    }
    return switch (request.path()) {
      case "/", "/staff" -> new Answer(Reply.seeOther("/staff/"), List.of());
      case LOGIN -> signIn(request, cookies);
      case CALLBACK -> callback(request, cookies);
      default ->
          request.path().startsWith("/staff/")
              ? page(request, cookies)
              : problem(request, Problem.Type.NOT_FOUND);
    };
  }

  private Answer problem(Request request, Problem.Type type) {
    return new Answer(problems.apply(request, type), List.of());
  }

  private Answer signIn(Request request, Cookies cookies) {
    var signIn = SignIn.begin(request.query("to").orElse(""));
    var page = issuer.page(signIn, request.query("afresh").isPresent());
    return new Answer(Reply.seeOther(page.toString()), cookies.begin(signIn));
  }

  /**
   * Somebody comes from the issuer. Without what this browser had when it went there: again. What
   * it has of another sign-in, in another of its tabs, it keeps.
   */
  private Answer callback(Request request, Cookies cookies) {
    var signIn =
        ofIssuer(request, "state")
            .flatMap(
                state -> cookies.signIn(state).flatMap(SignIn::read).filter(it -> it.isOf(state)));
    if (signIn.isEmpty()) {
      return new Answer(Reply.seeOther("/staff/"), List.of());
    }
    request.query("error").map(IssuerError::of).ifPresent(DoorRoutes::refused);
    var idToken = ofIssuer(request, "code").flatMap(code -> issuer.idToken(code, signIn.get()));
    var call =
        idToken
            .map(it -> StaffCall.signIn(it, signIn.get().nonce(), stripped(request)))
            .orElseGet(() -> StaffCall.page(null, stripped(request)));
    return answer(
        behind.ask(call), signIn.get().to(), List.of(Cookies.noSignIn(signIn.get().state())));
  }

  private static Optional<String> ofIssuer(Request request, String name) {
    return request.query(name).filter(OF_ISSUER.asMatchPredicate());
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
            List.of());
  }

  private static Answer answer(StaffAnswer answer, String to, List<String> cookies) {
    return switch (answer.kind()) {
      case PAGE -> new Answer(Objects.requireNonNull(answer.reply()), cookies);
      case SIGNED_IN -> {
        var session = Cookies.session(Objects.requireNonNull(answer.session()));
        yield new Answer(Reply.seeOther(to), and(session, cookies));
      }
      case SIGN_IN -> signInFor(to, false, and(Cookies.noSession(), cookies));
      case SIGN_IN_AFRESH -> signInFor(to, true, and(Cookies.noSession(), cookies));
      case SIGNED_OUT ->
          new Answer(Objects.requireNonNull(answer.reply()), and(Cookies.noSession(), cookies));
    };
  }

  private static List<String> and(String cookie, List<String> others) {
    return Stream.concat(Stream.of(cookie), others.stream()).toList();
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
