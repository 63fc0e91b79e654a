package io.vestibule.verification;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Env;
import io.vestibule.store.rehearsal.Rehearsal;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.crac.Core;
import org.jspecify.annotations.Nullable;

/**
 * Counts, in a process of its own, the classes that the first request loads. It finds the rows of
 * the play, and is otherwise as real as any.
 */
final class FirstRequest {

  static final String CLASSES = "classes: ";

  private static final Path EVENT = Path.of("..", "..", "events", "VerifyFunction.link.json");

  private FirstRequest() {}

  public static void main(String[] how) {
    var counting =
        new Counting(new VerifyPlay(LinkTexts.of(Env.of(Map.of()))), how[0].equals("rehearsed"));
    new Rehearsal(Env.of(Map.of()), counting).beforeCheckpoint(Core.getGlobalContext());
    System.out.println(CLASSES + counting.loaded);
  }

  private static final class Counting implements Rehearsal.Play {

    private final VerifyPlay play;
    private final boolean isPlayed;
    private long loaded;

    Counting(VerifyPlay play, boolean isPlayed) {
      this.play = play;
      this.isPlayed = isPlayed;
    }

    @Override
    public Map<String, ObjectNode> rows() {
      return play.rows();
    }

    @Override
    public void act(Env env) throws IOException {
      var named =
          env.with(
              Map.of(
                  "SUBMISSIONS_TABLE", "submissions",
                  "REQUESTS_TABLE", "requests",
                  "DISCLOSURES_TABLE", "disclosures",
                  "SYSTEM_KEYS_TABLE", "system-keys",
                  "POWERTOOLS_SERVICE_NAME", "vestibule",
                  "AWS_REGION", "eu-central-1"));
      var real = new VerifyHandler(named, Clock.systemUTC(), play.texts());
      if (isPlayed) {
        play.act(named);
      }
      var classes = ManagementFactory.getClassLoadingMXBean();
      var event = Files.newInputStream(EVENT);
      long before = classes.getTotalLoadedClassCount();
      real.handleRequest(event, OutputStream.nullOutputStream(), new Invocation());
      loaded = classes.getTotalLoadedClassCount() - before;
    }
  }

  /** As Lambda tells of one. */
  private static final class Invocation implements Context {

    @Override
    public String getAwsRequestId() {
      return "first";
    }

    @Override
    public String getLogGroupName() {
      return "group";
    }

    @Override
    public String getLogStreamName() {
      return "stream";
    }

    @Override
    public String getFunctionName() {
      return "function";
    }

    @Override
    public String getFunctionVersion() {
      return "1";
    }

    @Override
    public String getInvokedFunctionArn() {
      return "arn";
    }

    @Override
    public @Nullable CognitoIdentity getIdentity() {
      return null;
    }

    @Override
    public @Nullable ClientContext getClientContext() {
      return null;
    }

    @Override
    public int getRemainingTimeInMillis() {
      return 10_000;
    }

    @Override
    public int getMemoryLimitInMB() {
      return 1_024;
    }

    @Override
    public @Nullable LambdaLogger getLogger() {
      return null;
    }
  }
}
