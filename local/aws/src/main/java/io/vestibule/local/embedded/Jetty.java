package io.vestibule.local.embedded;

import java.io.IOException;
import java.io.InterruptedIOException;

/** Starts and stops servers that run on Jetty, whose methods declare every exception there is. */
final class Jetty {

  private Jetty() {}

  /** Something that Jetty does. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }

  /**
   * Takes a step.
   *
   * @throws IOException if it fails: where Jetty says Exception, it means a port that is taken
   */
  static void run(String what, Step step) throws IOException {
    try {
      step.run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException(what).initCause(e);
    } catch (Exception e) {
      throw new IOException(what, e);
    }
  }
}
