package io.vestibule.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.template.Stack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {

  private final Routes routes =
      new Routes(
          "ServerlessHttpApi",
          List.of(
              Stacks.withRoutes(
                  Stacks.function("F", Handlers.Copy.class),
                  new Stack.Route("ANY", "$default"),
                  new Stack.Route("ANY", "/files/{rest+}"),
                  new Stack.Route("ANY", "/files/{name}"),
                  new Stack.Route("ANY", "/files/mine"),
                  new Stack.Route("GET", "/files/mine"),
                  new Stack.Route("GET", "/read"))));

  @ParameterizedTest
  @CsvSource({
    "GET,  /files/mine,  GET /files/mine",
    "HEAD, /files/mine,  ANY /files/mine",
    "GET,  /files/yours, ANY /files/{name}",
    "GET,  /files/a/b,   ANY /files/{rest+}",
    "GET,  /files/,      $default",
    "GET,  /files,       $default",
    "GET,  //files/mine, $default",
    "GET,  /read,        GET /read",
    "HEAD, /read,        $default",
    "GET,  /read/,       $default",
    "GET,  /../read,     $default",
  })
  void theMostSpecificRouteThatFitsGetsTheRequest(String method, String path, String key) {
    assertThat(routes.match(method, path)).map(Routes.Match::key).contains(key);
  }

  @Test
  void theVariablesOfThePathAreGiven() {
    assertThat(routes.match("GET", "/files/a b"))
        .map(Routes.Match::pathParameters)
        .contains(Map.of("name", "a b"));
    assertThat(routes.match("GET", "/files/a/b"))
        .map(Routes.Match::pathParameters)
        .contains(Map.of("rest", "a/b"));
  }
}
