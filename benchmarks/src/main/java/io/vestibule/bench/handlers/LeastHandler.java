package io.vestibule.bench.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The least that anybody could take: it reads nothing, needs no library but Lambda's core, and
 * answers. What is left is the start of Java and of Lambda's client.
 */
public final class LeastHandler implements RequestStreamHandler {

  private static final byte[] ANSWER = "{\"statusCode\":204}".getBytes(UTF_8);

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    answer.write(ANSWER);
  }
}
