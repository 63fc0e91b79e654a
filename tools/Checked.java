import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Remembers which modules {@code make check} has found right, so that it runs the tests of those
 * alone that have changed since, or that build upon one that has. What lies outside the modules
 * (template, forms, docs) counts as changed in each: tests of any may read it.
 *
 * <p>{@code begin} has {@code local/suite} leave out the tests of modules that are as they were
 * when they passed; {@code end}, after a run without failures, says that all are right as they were
 * at its beginning.
 */
class Checked {

  private static final String PASSED = "target/checked";
  private static final String BEING_CHECKED = "target/checking";

  /** What Maven is told besides: whose tests it runs. */
  private static final Path ARGUMENTS = Path.of("target/check.arguments");

  public static void main(String[] args) throws Exception {
    boolean isBegin = args[0].equals("begin");
    var modules = Modules.all();
    if (isBegin) {
      begin(modules);
    } else {
      end(modules);
    }
  }

  private static void begin(List<String> modules) throws Exception {
    var unchanged = new TreeSet<String>();
    var changed = new ArrayList<String>();
    for (var module : states(modules).entrySet()) {
      var folder = Path.of(module.getKey());
      var passed = folder.resolve(PASSED);
      if (Files.exists(passed) && Files.readString(passed).equals(module.getValue())) {
        unchanged.add(module.getKey());
      } else {
        Files.deleteIfExists(passed);
        changed.add("io.vestibule:" + Modules.artifacts(module.getKey()).getFirst());
      }
      Files.createDirectories(passed.getParent());
      Files.writeString(folder.resolve(BEING_CHECKED), module.getValue());
    }
    if (!unchanged.isEmpty()) {
      System.out.println(
          "Not run again, unchanged since they passed: " + String.join(" ", unchanged));
    }
    Files.createDirectories(ARGUMENTS.getParent());
    Files.writeString(
        ARGUMENTS, changed.isEmpty() ? "-DskipTests" : "-Dmodules=" + String.join(",", changed));
  }

  private static void end(List<String> modules) throws IOException {
    for (var module : modules) {
      var folder = Path.of(module);
      Files.writeString(folder.resolve(PASSED), Files.readString(folder.resolve(BEING_CHECKED)));
    }
  }

  /** A hash of everything that decides about a module's tests, in the order of the build. */
  private static Map<String, String> states(List<String> modules) throws Exception {
    var files = files();
    var outside =
        hash(
            files.stream().filter(it -> modules.stream().noneMatch(m -> isIn(it, m))).toList(), "");
    var byArtifact = new LinkedHashMap<String, String>();
    var states = new LinkedHashMap<String, String>();
    for (var module : modules) {
      var ours = Modules.artifacts(module);
      var before = new StringBuilder(outside);
      ours.forEach(artifact -> before.append(byArtifact.getOrDefault(artifact, "")));
      var state = hash(files.stream().filter(it -> isIn(it, module)).toList(), before.toString());
      states.put(module, state);
      byArtifact.put(ours.getFirst(), state);
    }
    return states;
  }

  private static boolean isIn(String file, String module) {
    return file.startsWith(module + "/");
  }

  /** Everything that is under version control, or could be. */
  private static List<String> files() throws IOException, InterruptedException {
    var git =
        new ProcessBuilder("git", "ls-files", "--cached", "--others", "--exclude-standard")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var files =
        new String(git.getInputStream().readAllBytes(), UTF_8).lines().distinct().sorted().toList();
    if (git.waitFor() != 0) {
      throw new IOException("git cannot list the files; make test needs no git");
    }
    return files;
  }

  private static String hash(List<String> files, String before)
      throws IOException, NoSuchAlgorithmException {
    var digest = MessageDigest.getInstance("SHA-256");
    digest.update(before.getBytes(UTF_8));
    digest.update(Runtime.version().toString().getBytes(UTF_8));
    for (var file : files) {
      var path = Path.of(file);
      if (Files.isRegularFile(path)) {
        digest.update((file + "\0" + Files.size(path) + "\0").getBytes(UTF_8));
        digest.update(Files.readAllBytes(path));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
