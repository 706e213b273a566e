package org.einloom.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries of third parties, found as Einloom's own are. */
class LibrariesTest {
  @TempDir Path folder;

  /** A class of somebody else. */
  public static final class Other implements ComponentLibrary {
    @Override
    public String name() {
      return "other";
    }

    @Override
    public List<ComponentModel> models() {
      return List.of(new Part("memristor"));
    }
  }

  /** A class that is there already. */
  public static final class Same implements ComponentLibrary {
    @Override
    public String name() {
      return "same";
    }

    @Override
    public List<ComponentModel> models() {
      return List.of(new Part("mac"));
    }
  }

  private record Part(String componentClass) implements ComponentModel {
    @Override
    public String description() {
      return "a part";
    }

    @Override
    public String model() {
      return "other 1";
    }

    @Override
    public List<Attribute> attributes() {
      return List.of(Attribute.number("width", Kind.WIDTH, 1, 8, "bits").or(2));
    }

    @Override
    public Costs estimate(Attributes a) {
      Derivation energy = Given.assumed(0.5, "a bit", "somebody").times(a.number("width"), "bits");
      return Costs.of(
          "compute",
          new ActionEstimate(energy, Derivation.zero("at once"), 0, Rate.unlimited()),
          Derivation.zero("none"),
          Derivation.zero("none"));
    }
  }

  private Catalog installedWith(Class<?> library) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(ComponentLibrary.class.getName()), library.getName() + "\n");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      return Catalog.installed();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void theirClassesAreThereAndSoAreOurs() throws IOException {
    Catalog catalog = installedWith(Other.class);
    assertThat(catalog.names()).contains("memristor", "mac");
    Estimate e = catalog.estimate("memristor", Attributes.NONE.with("width", 3));
    assertThat(e.actions().sequencedValues().getFirst().energyPj().value()).isEqualTo(1.5);
    assertThat(e.model()).isEqualTo("other 1");
  }

  @Test
  void twoClassesOfOneNameAreRefused() {
    assertThatThrownBy(() -> installedWith(Same.class))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("two libraries have a component class 'mac'");
  }
}
