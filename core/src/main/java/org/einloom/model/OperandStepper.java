package org.einloom.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Walks through the steps of an operand, one level at a time; section 2 of the contract. */
final class OperandStepper {
  private final Chain chain;
  private final Book book;
  private final TouchedWords words;
  private final Requests requests;

  /** One request for each single word, shared by all computes. */
  private final int[][] single;

  OperandStepper(Chain chain, StepLimit limit) {
    this.chain = chain;
    book = new Book(chain);
    limit.check(limit.operandWork(chain));
    words = new TouchedWords(chain.compiled, chain.tensor);
    requests = new Requests(chain, book, words.count);
    single = new int[words.count][];
  }

  Book count() {
    for (int level = 0; level <= chain.levels; level++) {
      if (level == chain.levels) {
        new Computes().run();
      } else {
        new Level(level).run();
      }
    }
    return book;
  }

  private final class Computes extends StepWalk {
    private final List<Requests.Request> rising = new ArrayList<>();

    Computes() {
      super(chain.compiled, chain.tensor, chain.depth(chain.levels), false);
    }

    @Override
    void active(long instance) {
      if (words.tile(start, length) > 0) {
        int word = words.tile[0];
        if (single[word] == null) {
          single[word] = new int[] {word};
        }
        rising.add(new Requests.Request(instance, single[word]));
      }
    }

    @Override
    void done(long times) {
      requests.rise(chain.levels, rising, times);
      rising.clear();
    }
  }

  private final class Level extends StepWalk {
    private final int level;
    private final Map<Long, int[]> held = new HashMap<>();
    private final OperandStep step;

    Level(int level) {
      super(chain.compiled, chain.tensor, chain.depth(level), false);
      this.level = level;
      step = new OperandStep(chain, level, book, requests, words.count);
    }

    @Override
    void active(long instance) {
      int size = words.tile(start, length);
      book.holds(level, size);
      if (level > 0) {
        step.enter(instance, Arrays.copyOf(words.tile, size));
      }
    }

    @Override
    void done(long times) {
      step.count(held, times);
      held.putAll(step.entering());
      step.clear();
    }
  }
}
