package org.einloom.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultCsvTest {
  @Test
  void hasARowPerLayerComponentTensorAndAction() {
    assertThat(new String(ResultCsv.write(Example.given()), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            workload,architecture,layer,repeats,component,instances,tensor,action,count,energyPjPerAction,energyPj,source,assumption
            demo,tiny,fc1,2,OffChipMemory,1,A,read,400.0,2.0,800.0,data sheet,false
            demo,tiny,fc1,2,OffChipMemory,1,O,read,399.0,2.0,798.0,data sheet,false
            demo,tiny,fc1,2,OffChipMemory,1,O,write,400.0,3.0,1200.0,,true
            demo,tiny,fc1,2,OffChipMemory,1,,leak,1199.0,0.0,0.0,,true
            demo,tiny,fc1,2,Array,1,,leak,1199.0,0.0,0.0,,true
            demo,tiny,fc1,2,MAC,4,,compute,400.0,1.0,400.0,paper,false
            demo,tiny,fc1,2,MAC,4,,leak,4796.0,0.0,0.0,,true
            demo,tiny,fc2,1,OffChipMemory,1,A,read,100.0,2.0,200.0,data sheet,false
            demo,tiny,fc2,1,OffChipMemory,1,O,read,99.0,2.0,198.0,data sheet,false
            demo,tiny,fc2,1,OffChipMemory,1,O,write,100.0,3.0,300.0,,true
            demo,tiny,fc2,1,OffChipMemory,1,,leak,299.0,0.0,0.0,,true
            demo,tiny,fc2,1,Array,1,,leak,299.0,0.0,0.0,,true
            demo,tiny,fc2,1,MAC,4,,compute,100.0,1.0,100.0,paper,false
            demo,tiny,fc2,1,MAC,4,,leak,1196.0,0.0,0.0,,true
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void quotesWhatWouldBeReadAsSomethingElse() {
    assertThat(csv("plain text", "a,b", "say \"x\"", "two\nlines", "a\rb", " blank", "", "#1"))
        .isEqualTo(
            "plain text,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\"a\rb\",\" blank\",,\"#1\"\r\n");
    assertThatThrownBy(() -> Csv.bytes(List.of(List.of("a"), List.of("b", "c"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String csv(String... values) {
    return new String(Csv.bytes(List.of(List.of(values))), StandardCharsets.UTF_8);
  }
}
