package io.vestibule.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * What the local run prints of what its emulators log: DynamoDB Local does by Log4j, Jetty and
 * S3Proxy by SLF4J. What is not printed quotes what they are asked, people's data among it.
 */
class EmulatorsLinesTest {

  private static final String DYNAMODB_LOCAL = "com.amazonaws.services.dynamodbv2.local";

  private static String printedBy(Runnable work) {
    var printed = new ByteArrayOutputStream();
    var before = System.out;
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      work.run();
    } finally {
      System.setOut(before);
    }
    return printed.toString(UTF_8);
  }

  @Test
  void dynamoDbLocalIsHeardOfErrorsOnly() {
    var log = LogManager.getLogger(DYNAMODB_LOCAL);

    assertThat(printedBy(() -> log.warn("a row"))).isEmpty();
    assertThat(printedBy(() -> log.error("out of order"))).contains("out of order");
  }

  @Test
  void jettyAndS3ProxyAreHeardOfWarningsOnly() {
    for (var name : new String[] {"org.eclipse.jetty.server.Server", "org.gaul.s3proxy.S3Proxy"}) {
      var log = LoggerFactory.getLogger(name);

      assertThat(printedBy(() -> log.info("a request"))).isEmpty();
      assertThat(printedBy(() -> log.warn("out of order"))).contains("out of order");
    }
  }
}
