package org.einloom.component.sram;

/**
 * The sides of a bank: its mats, and between them the wires of the H-tree, a pitch of four feature
 * sizes each. Address wires reach every mat; data wires are shared by the mats of a column.
 */
record Bank(double height, double width) {

  /**
   * Sides in the unit of the mat's sides.
   *
   * @param across how often the tree forks across, {@code down} how often down
   * @param pitch of a wire
   * @param address wires of all ports, {@code data} the same for data in and out
   */
  static Bank of(
      double matHeight,
      double matWidth,
      int across,
      int down,
      double pitch,
      double address,
      double data) {
    long matsAcross = 1L << across;
    long matsDown = 1L << down;
    int excess = Math.abs(across - down);
    double addressDown = across > down ? matsDown - 1.0 + excess : matsAcross - 1.0;
    double addressAcross = matsAcross - 1.0;
    double dataDown = across;
    double dataAcross = down;
    if (across > down) {
      dataDown = 2 * (1 - Math.scalb(1.0, -excess)) + Math.scalb(1.0, excess) * down;
    } else if (down > across) {
      addressDown += excess;
      addressAcross += excess;
      dataAcross = across + 2 * (1 - Math.scalb(1.0, -excess));
    }
    return new Bank(
        matHeight * matsDown + pitch * (address * addressDown + data * dataDown),
        matWidth * matsAcross + pitch * (address * addressAcross + data * dataAcross));
  }

  /**
   * Several banks around their tree.
   *
   * @param banks how many; where that is no power of two, the tree is that of the next one
   * @param wires of address and data
   */
  Joined join(int banks, double pitch, double wires) {
    int forks = banks == 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(banks - 1);
    int down = height > width ? forks / 2 : forks - forks / 2;
    int across = forks - down;
    double allHeight = height * (1 << down) + 2 * wires * pitch * (1 - Math.scalb(1.0, -across));
    double allWidth = width * (1 << across) + 2 * wires * pitch * (1 - Math.scalb(1.0, -down));
    double share = (double) banks / (1 << forks);
    return new Joined(allHeight * allWidth * share, Tree.length(across, down, allWidth, allHeight));
  }

  /**
   * @param area of all banks and the wires between them
   * @param path from the edge to a bank
   */
  record Joined(double area, double path) {}
}
