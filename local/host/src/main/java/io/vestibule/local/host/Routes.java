package io.vestibule.local.host;

import io.vestibule.local.template.Stack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The routes of the HTTP API; the most specific one that fits gets the request.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html">
 *     Routes for HTTP APIs</a>
 */
final class Routes {

  /**
   * A route that fits a request.
   *
   * @param key the route as API Gateway names it, for example <code>ANY /forms/{form}</code>
   */
  record Match(String function, String key, Map<String, String> pathParameters) {}

  private record Target(String function, String method, PathPattern path) {

    private String key() {
      return path.isDefault() ? "$default" : method + " " + path.text();
    }

    private boolean takes(String requestMethod) {
      return method.equals("ANY") || method.equals(requestMethod) || path.isDefault();
    }
  }

  private static final Comparator<Target> MOST_SPECIFIC_FIRST =
      Comparator.comparing(Target::path)
          .thenComparing(target -> target.method().equals("ANY"))
          .thenComparing(Target::key);

  private final List<Target> targets = new ArrayList<>();

  /**
   * The routes of one API.
   *
   * @param api its logical id
   */
  Routes(String api, List<Stack.Lambda> functions) {
    for (Stack.Lambda function : functions) {
      for (Stack.Route route :
          function.routes().stream().filter(it -> it.api().equals(api)).toList()) {
        var path = new PathPattern(route.path());
        targets.add(new Target(function.logicalId(), route.method(), path));
      }
    }
    targets.sort(MOST_SPECIFIC_FIRST);
  }

  /** Finds the route for a decoded path. */
  Optional<Match> match(String method, String path) {
    for (Target target : targets) {
      Optional<Map<String, String>> parameters = target.path().match(path);
      if (target.takes(method) && parameters.isPresent()) {
        return Optional.of(new Match(target.function(), target.key(), parameters.get()));
      }
    }
    return Optional.empty();
  }
}
