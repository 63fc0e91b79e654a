import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.EnclosingMethodAttribute;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.classfile.attribute.NestMembersAttribute;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what is to be compiled again, and leaves the rest as it is.
 *
 * <p>Maven compiles a module again if one that it uses was compiled in the same build: too often,
 * for most changes are inside of methods, and not often enough, for a module may have been compiled
 * by a build before. Here a module is stale if what another one offers, which is its classes
 * without what is private and without code, has changed since.
 *
 * <p>{@code changed} prints the modules whose code is newer than its classes, for Maven to compile
 * first; {@code drop} deletes the classes that are stale after that, for Maven to make again.
 */
class Stale {

  private static final String SOURCES = ".java";
  private static final String CLASSES = ".class";

  /** Members that others see, without code: a lambda's method is private, too. */
  private static final ClassTransform OFFERED =
      ClassTransform.dropping(Stale::isNoneOfOthers)
          .andThen(
              ClassTransform.transformingMethods(
                  MethodTransform.dropping(CodeModel.class::isInstance)));

  private static final ClassFile CLASS_FILES =
      ClassFile.of(ClassFile.ConstantPoolSharingOption.NEW_POOL);

  public static void main(String[] args) throws Exception {
    if (args[0].equals("changed")) {
      System.out.print(String.join(",", changed()));
    } else {
      drop();
    }
  }

  private static List<String> changed() throws IOException {
    var changed = new ArrayList<String>();
    for (String module : Modules.all()) {
      long compiled = newest(Path.of(module, "target/classes"), CLASSES);
      if (compiled > 0 && newest(Path.of(module, "src/main"), SOURCES) > compiled) {
        changed.add(module);
      }
    }
    return changed;
  }

  private static void drop() throws Exception {
    var dropped = new ArrayList<String>();
    var offers = new LinkedHashMap<String, Offer>();
    var used = new LinkedHashMap<String, Set<String>>();
    for (String module : Modules.all()) {
      var artifacts = Modules.artifacts(module);
      var below = new LinkedHashSet<String>();
      artifacts.stream()
          .skip(1)
          .filter(used::containsKey)
          .forEach(
              it -> {
                below.add(it);
                below.addAll(used.get(it));
              });
      used.put(artifacts.getFirst(), below);
      if (dropIfStale(Path.of(module, "target"), below.stream().map(offers::get).toList())) {
        dropped.add(module);
      }
      offers.put(artifacts.getFirst(), Offer.of(Path.of(module, "target")));
    }
    if (!dropped.isEmpty()) {
      System.out.println(
          "Compiled again, for what they build upon has changed: " + String.join(" ", dropped));
    }
  }

  /** Whether the module itself is stale, and not its tests alone. */
  private static boolean dropIfStale(Path target, List<Offer> below) throws Exception {
    var classes = target.resolve("classes");
    var tests = target.resolve("test-classes");
    long changed = below.stream().mapToLong(Offer::changed).max().orElse(0);
    long changedTests = below.stream().mapToLong(Offer::changedTests).max().orElse(0);
    long compiled = newest(classes, CLASSES);
    boolean isStale = compiled > 0 && compiled < changed;
    if (isStale) {
      delete(classes);
      delete(tests);
    }
    long own = Offer.of(target).changed();
    if (newest(tests, CLASSES) < Math.max(own, Math.max(changed, changedTests))) {
      delete(tests);
    }
    return isStale;
  }

  /**
   * @param changed when what the classes offer became what it is, in milliseconds since 1970; 0
   *     without any
   */
  private record Offer(long changed, long changedTests) {

    static Offer of(Path target) throws Exception {
      return new Offer(
          since(target.resolve("classes"), target.resolve("offered")),
          since(target.resolve("test-classes"), target.resolve("offered-tests")));
    }

    private static long since(Path classes, Path remembered) throws Exception {
      long newest = newest(classes, CLASSES);
      var before = Files.exists(remembered) ? Files.readString(remembered).split(" ") : null;
      if (newest == 0 || before != null && before[1].equals("" + newest)) {
        return newest == 0 ? 0 : Long.parseLong(before[2]);
      }
      var offered = hash(classes);
      boolean isTheSame = before != null && before[0].equals(offered);
      long changed = isTheSame ? Long.parseLong(before[2]) : newest;
      Files.writeString(remembered, offered + " " + newest + " " + changed);
      return changed;
    }
  }

  private static String hash(Path classes) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    for (Path file : files(classes, CLASSES)) {
      var model = CLASS_FILES.parse(file);
      if (model.findAttribute(Attributes.enclosingMethod()).isEmpty()) {
        digest.update(CLASS_FILES.transformClass(model, OFFERED.andThen(ownNamesOf(model))));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Without names of classes that only code uses, such as what a lambda is made by. */
  private static ClassTransform ownNamesOf(ClassModel model) {
    return (builder, element) -> {
      if (element instanceof InnerClassesAttribute names) {
        var own =
            names.classes().stream()
                .filter(it -> it.outerClass().equals(Optional.of(model.thisClass())))
                .toList();
        if (!own.isEmpty()) {
          builder.with(InnerClassesAttribute.of(own));
        }
      } else {
        builder.with(element);
      }
    };
  }

  private static boolean isNoneOfOthers(ClassElement element) {
    return switch (element) {
      case MethodModel method -> (method.flags().flagsMask() & ClassFile.ACC_PRIVATE) != 0;
      case FieldModel field -> (field.flags().flagsMask() & ClassFile.ACC_PRIVATE) != 0;
      case SourceFileAttribute _, NestMembersAttribute _, EnclosingMethodAttribute _ -> true;
      default -> false;
    };
  }

  /** When the newest file was written, in milliseconds since 1970; 0 without any. */
  private static long newest(Path folder, String kind) throws IOException {
    long newest = 0;
    for (Path file : files(folder, kind)) {
      newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis());
    }
    return newest;
  }

  private static List<Path> files(Path folder, String kind) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.walk(folder)) {
      return files.filter(it -> it.toString().endsWith(kind)).sorted().toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
