package io.vestibule.store.rehearsal;

import io.vestibule.local.aws.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Something of AWS: who asks it gets no answer, and finds nobody from then on. */
final class Watched implements AutoCloseable {

  private final ServerSocket socket;
  private final CountDownLatch asked = new CountDownLatch(1);

  Watched() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    Thread.ofVirtual().start(this::watch);
  }

  private void watch() {
    try (socket;
        var _ = socket.accept()) {
      asked.countDown();
    } catch (IOException e) {
      // It was closed, and nobody had asked.
    }
  }

  String uri() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** Whether it was asked; who has asked just now may still be on the way. */
  boolean isAsked() throws InterruptedException {
    return isAskedWithin(Duration.ofMillis(100));
  }

  /** Whether it was asked, or is yet. */
  boolean isAskedAtLast() throws InterruptedException {
    return isAskedWithin(Patience.LIMIT);
  }

  private boolean isAskedWithin(Duration time) throws InterruptedException {
    return asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
