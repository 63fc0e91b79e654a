package io.vestibule.store.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Counter;
import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.store.AwsClients;
import io.vestibule.store.keys.SealingKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import org.crac.Core;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** What is played before a snapshot is taken, whatever it is. */
class RehearsalTest {

  private static final Env REAL =
      Env.of(
          Map.of(
              "AWS_REGION", "eu-central-1",
              "AWS_ACCESS_KEY_ID", "real",
              "AWS_SECRET_ACCESS_KEY", "real",
              "AWS_ENDPOINT_URL", "http://127.0.0.1:1"));

  /** Something that is done in a play. */
  interface Act {
    void act(Env env) throws IOException;
  }

  private static String printedBy(Act act) {
    var rehearsal = new Rehearsal(REAL, play(act));
    return Printed.by(() -> rehearsal.beforeCheckpoint(Core.getGlobalContext()));
  }

  private static Rehearsal.Play play(Act act) {
    var key = Json.MAPPER.createObjectNode();
    key.putObject("id").put("S", "played");
    key.putObject("keyset").put("B", new byte[] {1});
    return new Rehearsal.Play() {

      @Override
      public Map<String, ObjectNode> rows() {
        return Map.of("public", key);
      }

      @Override
      public void act(Env env) throws IOException {
        act.act(env);
      }
    };
  }

  @Test
  void thePlayHasATableOfItsOwnThatKeepsNothing() throws Exception {
    var found = new ArrayList<String>();
    printedBy(
        env -> {
          var keys = new SealingKeys(AwsClients.dynamoDb(env), "keys");
          found.add(keys.current().orElseThrow().id());
          keys.destroy("public");
          found.add(keys.current().orElseThrow().id());
        });

    assertThat(found).containsExactly("played", "played");
  }

  @Test
  void whatIsLoggedAndCountedInItDidNotHappen() throws Exception {
    assertThat(
            printedBy(
                env -> {
                  Counter.SUBMISSION_UNAVAILABLE.increment();
                  LoggerFactory.getLogger(RehearsalTest.class).error("played");
                }))
        .isEmpty();
  }

  static Act[] failures() {
    return new Act[] {
      env -> {
        throw new IllegalStateException("ada@example.com");
      },
      env -> {
        throw new IOException("ada@example.com");
      },
      env -> {
        throw new NoClassDefFoundError("ada@example.com");
      },
      env -> {
        throw new AssertionError("ada@example.com");
      },
      env -> {
        throw new StackOverflowError("ada@example.com");
      }
    };
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureKeepsNothingFromStartingAndIsHeard(Act failure) throws Exception {
    var line = Json.MAPPER.readTree(printedBy(failure));

    assertThat(line.path("code").asText()).isEqualTo("not-rehearsed");
    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.toString()).doesNotContain("ada@example.com");
  }
}
