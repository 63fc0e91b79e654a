package io.vestibule.store.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Counter;
import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.store.AwsClients;
import io.vestibule.store.keys.SealingKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
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

  private static String printedBy(Act act) throws Exception {
    var printed = new ByteArrayOutputStream();
    var before = System.out;
    var watched = new PrintStream(printed, true, UTF_8);
    System.setOut(watched);
    try {
      new Rehearsal(REAL, play(act)).beforeCheckpoint(Core.getGlobalContext());
      assertThat(System.out).as("where the function prints to").isSameAs(watched);
    } finally {
      System.setOut(before);
    }
    return printed.toString(UTF_8);
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

  /** What a clone of the process has is the same in each: only the system makes it differ. */
  @Test
  void whatIsRandomComesFromTheSystemEachTime() {
    assertThat(new SecureRandom().getAlgorithm()).isEqualTo("NativePRNG");
  }
}
