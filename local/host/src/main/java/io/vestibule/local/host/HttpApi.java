package io.vestibule.local.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.host.Outcome.Failed;
import io.vestibule.local.host.Outcome.Returned;
import io.vestibule.local.template.Stack;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** An HTTP API of the template: requests go to functions, and their answers back. */
final class HttpApi implements WebServer.Site {

  /** What Lambda takes as the event of an invocation, which is waited for. */
  private static final int LARGEST_EVENT = 6 * 1024 * 1024;

  private final Routes routes;
  private final Functions functions;
  private final String account;
  private final Clock clock;

  /**
   * An API.
   *
   * @param api its logical id
   */
  HttpApi(Stack stack, String api, Functions functions, Clock clock) {
    this.routes = new Routes(api, stack.functions());
    this.functions = functions;
    this.account = stack.account();
    this.clock = clock;
  }

  @Override
  public WebResponse answer(WebRequest request) {
    return routes
        .match(request.method(), WebRequest.decode(request.path()))
        .map(route -> answer(request, route))
        .orElseGet(() -> WebResponse.message(404, "Not Found"));
  }

  private WebResponse answer(WebRequest request, Routes.Match route) {
    ObjectNode event = HttpApiEvents.event(request, route, account, clock.instant());
    if (event.toString().getBytes(StandardCharsets.UTF_8).length > LARGEST_EVENT) {
      return WebResponse.message(413, "Request Entity Too Large");
    }
    // The path only: a link's query holds its token, and the terminal is no place for one.
    String cause = request.method() + " " + request.path();
    return switch (functions.invoke(route.function(), event, cause).outcome()) {
      case Returned(var value) -> HttpApiResponses.response(value);
      case Failed _ -> HttpApiResponses.INTERNAL_ERROR;
    };
  }
}
