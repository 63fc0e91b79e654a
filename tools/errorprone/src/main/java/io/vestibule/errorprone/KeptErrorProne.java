package io.vestibule.errorprone;

import com.sun.source.util.JavacTask;
import com.sun.source.util.Plugin;
import com.sun.tools.javac.api.BasicJavacTask;
import com.sun.tools.javac.processing.JavacProcessingEnvironment;
import java.net.URLClassLoader;
import java.util.Arrays;

/**
 * Error Prone, as a plugin of javac that is loaded once for all compilations of a JVM.
 *
 * <p>javac makes a class loader for each compilation: for each module, and for its tests. Whatever
 * a plugin consists of is read, verified and run cold each time, some forty times in a build. So
 * this one, which is small, hands the work to a loader that stays.
 */
public final class KeptErrorProne implements Plugin {

  @Override
  public String getName() {
    return "KeptErrorProne";
  }

  /**
   * @param args as of Error Prone's own plugin
   * @see <a href="https://errorprone.info/docs/flags">Error Prone's flags</a>
   */
  @Override
  public void init(JavacTask task, String... args) {
    var kept = kept();
    try {
      findsMoreChecksBy(kept, task);
      var plugin = kept.loadClass("com.google.errorprone.ErrorProneJavacPlugin").getConstructor();
      ((Plugin) plugin.newInstance()).init(task, args);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This javac does not let Error Prone be kept", e);
    }
  }

  /** The loader of the same path that was there first. No static of this class outlives its own. */
  private static ClassLoader kept() {
    var mine = (URLClassLoader) KeptErrorProne.class.getClassLoader();
    var path = KeptErrorProne.class.getName() + Arrays.toString(mine.getURLs());
    return (ClassLoader)
        System.getProperties()
            .computeIfAbsent(path, it -> new URLClassLoader(mine.getURLs(), mine.getParent()));
  }

  /** Error Prone asks javac for its loader of plugins, to find NullAway. There is no setter. */
  private static void findsMoreChecksBy(ClassLoader loader, JavacTask task)
      throws ReflectiveOperationException {
    var context = ((BasicJavacTask) task).getContext();
    var plugins = JavacProcessingEnvironment.class.getDeclaredField("processorClassLoader");
    plugins.setAccessible(true);
    plugins.set(JavacProcessingEnvironment.instance(context), loader);
  }
}
