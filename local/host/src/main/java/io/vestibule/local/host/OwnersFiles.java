package io.vestibule.local.host;

import io.vestibule.core.DataFiles;
import io.vestibule.local.forms.Definitions;
import io.vestibule.local.forms.Problem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Takes up what the owner changes in forms, targets, languages and the business while a run goes
 * on. What is not right is told, and the run goes on with what was right last: it reads copies.
 */
public final class OwnersFiles implements Closeable {

  /** What {@link DataFiles} reads. */
  private static final List<String> FOLDERS = List.of("forms", "targets", "wording");

  private static final Duration EVERY = Duration.ofMillis(500);

  private final Path root;
  private final LocalHost host;
  private final Consumer<String> say;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private final Path copies = Files.createTempDirectory("owners-files");
  private Map<Path, State> seen = Map.of();
  private int taken;

  private record State(FileTime changed, long size) {}

  private OwnersFiles(Path root, LocalHost host, Consumer<String> say) throws IOException {
    this.root = root;
    this.host = host;
    this.say = say;
    this.thread = Thread.ofVirtual().name("owners-files").unstarted(this::follow);
  }

  /**
   * Follows the files of a project, until it is closed.
   *
   * @param root of the project
   * @param say is told in a line each what is wrong, and that something was taken up
   */
  public static OwnersFiles follow(Path root, LocalHost host, Consumer<String> say)
      throws IOException {
    var files = new OwnersFiles(root, host, say);
    files.thread.start();
    return files;
  }

  private void follow() {
    try {
      do {
        look();
      } while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A file that is gone or half there while somebody saves it is looked at once more; so it is
   * whatever fails, as nobody would follow the files any more.
   */
  private void look() {
    try {
      var now = states();
      if (!now.equals(seen)) {
        take();
        seen = now;
      }
    } catch (IOException | RuntimeException e) {
      host.keepOn(List.of("shared cannot be read: " + e.getMessage()));
    }
  }

  private void take() throws IOException {
    var problems = new Definitions(root).problems();
    if (problems.isEmpty()) {
      DataFiles.readIn(Optional.of(copied()));
      host.takeUp();
      say.accept("Forms, targets, languages and the business are taken up as they are now");
    } else {
      var lines = problems.stream().map(Problem::toString).toList();
      host.keepOn(lines);
      lines.forEach(say);
    }
  }

  private Map<Path, State> states() throws IOException {
    var states = new TreeMap<Path, State>();
    for (String folder : FOLDERS) {
      for (Path file : files(folder)) {
        states.put(file, new State(Files.getLastModifiedTime(file), Files.size(file)));
      }
    }
    return states;
  }

  private List<Path> files(String folder) throws IOException {
    try (var files = Files.walk(root.resolve("shared").resolve(folder))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** Copies in a folder of their own each time: functions may still be reading the ones before. */
  private Path copied() throws IOException {
    taken++;
    Path copy = copies.resolve(Integer.toString(taken));
    for (String folder : FOLDERS) {
      Files.createDirectories(copy.resolve(folder));
      for (Path file : files(folder)) {
        Path to = copy.resolve(root.resolve("shared").relativize(file).toString());
        Files.createDirectories(to.resolveSibling(""));
        Files.copy(file, to);
      }
    }
    return copy;
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    DataFiles.readIn(Optional.empty());
    try (var files = Files.walk(copies)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
