package org.einloom.component.memory;

import java.util.List;
import org.einloom.component.ActionEstimate;
import org.einloom.component.Attribute;
import org.einloom.component.Attributes;
import org.einloom.component.ComponentModel;
import org.einloom.component.Costs;
import org.einloom.component.Derivation;
import org.einloom.component.Factor;
import org.einloom.component.Kind;
import org.einloom.component.Rate;
import org.einloom.component.digital.Aladdin;
import org.einloom.component.digital.DigitalModel;
import org.einloom.component.digital.Part;
import org.einloom.component.technology.Technology;
import org.einloom.workload.InvalidSpecException;

/**
 * Memories made of flip-flops. A word is written into its register; it is read through a tree of
 * multiplexers, of which those switch whose select line does: addresses count up, so that the lines
 * of level k change at every 2^(k-1)th read. Clocks of registers that are not written are gated.
 */
public final class Registers {
  private static final double WIDEST = 1 << 16;
  private static final double LARGEST_BITS = 1 << 23;

  private static final Attribute WIDTH =
      Attribute.number("width", Kind.WIDTH, 1, WIDEST, "bits of a word, read or written at once");

  private static final Attribute SIZE =
      Attribute.number("size", Kind.SIZE, 1, LARGEST_BITS, "capacity");

  /** The share of bits that differ from those before, in a register or on a wire. */
  public static final Attribute TOGGLE =
      Attribute.number(
              "toggle", Kind.NUMBER, 0, 1, "share of bits that differ from those before them")
          .or(0.5)
          .ofData();

  private Registers() {}

  /** The classes. */
  public static List<ComponentModel> models() {
    return List.of(
        new DigitalModel(
            "register", "one word of flip-flops", List.of(WIDTH, TOGGLE), Registers::register),
        new DigitalModel(
            "register_file",
            "words of flip-flops, read through multiplexers",
            List.of(SIZE, WIDTH, TOGGLE),
            a -> file(a, false)),
        new DigitalModel(
            "fifo",
            "a queue of words: a register file with two counters",
            List.of(SIZE, WIDTH, TOGGLE),
            a -> file(a, true)));
  }

  /** Reads of one register are charged like writes: what it drives switches as it does. */
  private static Costs register(Attributes a) {
    Part word = word(a);
    ActionEstimate access = access(toggled(word.energyPj(), a), word.latencyNs(), a);
    return Costs.ofMemory(access, access, word.areaUm2(), word.leakageUw());
  }

  private static Costs file(Attributes a, boolean queue) {
    double width = a.number("width");
    double words = words(a);
    Aladdin aladdin = new Aladdin(Technology.of(a));
    Part word = word(a);
    Part slice = aladdin.gateSlice();
    double levels = Math.ceil(Math.log(words) / Math.log(2) - 1e-9);
    Part pointer = aladdin.counterBit().times(Math.max(1, levels), "bits of a pointer");
    Part decoder = slice.times(Math.max(1, levels), "levels of the decoder");
    Derivation read =
        words == 1
            ? toggled(word.energyPj(), a)
            : toggled(
                slice
                    .energyPj()
                    .times(width, "bits")
                    .times(
                        Factor.assumed(
                            switching(words),
                            "multiplexers whose select line changes",
                            "addresses that count up; a two-input multiplexer as one slice")),
                a);
    Derivation write = toggled(word.energyPj(), a);
    Derivation address = queue ? pointer.energyPj() : decoder.energyPj();
    String addressed = queue ? "word and pointer" : "word and decoder";
    Derivation readLatency =
        Derivation.sum(
            "register and multiplexers",
            word.latencyNs(),
            slice.latencyNs().times(Math.max(1, levels), "levels"));
    Part tree =
        slice.times(width, "bits").times(Math.max(0, words - 1), "multiplexers of two inputs");
    Part store = word.times(words, "words");
    Part control = queue ? pointer.times(2, "pointers") : decoder.times(words, "words decoded");
    return Costs.ofMemory(
            access(Derivation.sum(addressed, read, address), readLatency, a),
            access(Derivation.sum(addressed, write, address), word.latencyNs(), a),
            Derivation.sum(
                "registers, multiplexers, control",
                store.areaUm2(),
                tree.areaUm2(),
                control.areaUm2()),
            Derivation.sum(
                "registers, multiplexers, control",
                store.leakageUw(),
                tree.leakageUw(),
                control.leakageUw()))
        .noting(List.of((long) words + " words of " + (long) width + " b"));
  }

  private static double words(Attributes a) {
    double words = a.number("size") / a.number("width");
    if (words < 1 || words != Math.rint(words)) {
      throw new InvalidSpecException(
          "'size' is %.0f b, which is no whole number of words of %.0f b; expected a multiple"
              .formatted(a.number("size"), a.number("width")));
    }
    return words;
  }

  /**
   * Two-input multiplexers that switch at a read: words/2 of the first level, words/4 of the second
   * at every second read, and so on.
   */
  private static double switching(double words) {
    double all = 0;
    double every = 1;
    for (double left = words / 2; left >= 1; left /= 2) {
      all += left * every;
      every /= 2;
    }
    return all;
  }

  private static Part word(Attributes a) {
    return new Aladdin(Technology.of(a)).registerBit().times(a.number("width"), "bits");
  }

  private static Derivation toggled(Derivation energyPj, Attributes a) {
    double toggle = a.number(TOGGLE.name());
    return toggle == 0.5
        ? energyPj
        : energyPj.times(
            Factor.assumed(
                0.5 + toggle,
                "for a share of " + toggle + " of bits that change",
                "the figure is for random data, half of it for the clock"));
  }

  private static ActionEstimate access(Derivation energyPj, Derivation latencyNs, Attributes a) {
    return new ActionEstimate(energyPj, latencyNs, a.whole("width"), Rate.onePerCycle());
  }
}
