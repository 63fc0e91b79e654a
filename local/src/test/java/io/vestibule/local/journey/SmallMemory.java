package io.vestibule.local.journey;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.backup.BackupHandler;
import io.vestibule.backup.RestoreHandler;
import io.vestibule.core.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function in a JVM of its own, wired from the variables of its process as Lambda wires it.
 *
 * <p>Arguments: {@code backup} or {@code restore}, the event, and a file for the result.
 */
final class SmallMemory {

  private SmallMemory() {}

  public static void main(String[] arguments) throws Exception {
    RequestHandler<Map<String, Object>, Map<String, Object>> handler =
        arguments[0].equals("backup") ? new BackupHandler() : new RestoreHandler();
    @SuppressWarnings("unchecked") // A JSON object.
    Map<String, Object> event = Json.MAPPER.readValue(arguments[1], Map.class);
    var result = handler.handleRequest(event, new Invocation());
    Files.write(Path.of(arguments[2]), Json.MAPPER.writeValueAsBytes(result));
  }

  private record Invocation() implements Context {

    @Override
    public String getAwsRequestId() {
      return "1";
    }

    @Override
    public String getLogGroupName() {
      return "test";
    }

    @Override
    public String getLogStreamName() {
      return "test";
    }

    @Override
    public String getFunctionName() {
      return "test";
    }

    @Override
    public String getFunctionVersion() {
      return "$LATEST";
    }

    @Override
    public String getInvokedFunctionArn() {
      return "arn:aws:lambda:us-east-1:000000000000:function:test";
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
      return 900_000;
    }

    @Override
    public int getMemoryLimitInMB() {
      return 128;
    }

    @Override
    public LambdaLogger getLogger() {
      return LambdaRuntime.getLogger();
    }
  }
}
