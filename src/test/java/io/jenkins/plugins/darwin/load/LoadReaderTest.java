package io.jenkins.plugins.darwin.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.testing.Cli;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each tool writes, as it writes it. */
class LoadReaderTest {
    @TempDir
    Path dir;

    @Test
    void k6Csv() throws IOException {
        String head =
                "metric_name,timestamp,metric_value,check,error,error_code,group,method,name,proto,scenario,status,subproto,tls_version,url,extra_tags\n";
        LoadFile file = read(head + "http_reqs,1595325560,1.000000,,,,,GET,http://t,HTTP/1.1,default,200,,,http://t,\n"
                + "http_req_duration,1595325560,221.899000,,,,,GET,\"http://t,x\",HTTP/1.1,default,200,,,http://t,\n"
                + "http_req_duration,1595325561,100.5,,,,,GET,http://t,HTTP/1.1,default,200,,,http://t,\n"
                + "http_req_duration,1595325561,5.5,,request timeout,1050,,GET,http://t,HTTP/1.1,default,0,,,http://t,\n"
                + "http_req_blocked,1595325560,225.275000,,,,,GET,http://t,HTTP/1.1,default,200,,,http://t,\n"
                + "iteration_duration,1595325562,300,,,,,,,,default,,,,,\n"
                + "my_trend,1595325562,7,,,,,,,,default,,,,,\n");
        assertThat(file.format()).isEqualTo("k6 CSV");
        assertThat(file.samples()).containsOnlyKeys("http_req_duration", "iteration_duration");
        assertThat(file.samples().get("http_req_duration").sorted()).containsExactly(100.5, 221.899);
        assertThat(file.samples().get("http_req_duration").failed()).isOne();
        assertThat(read(head + "my_trend,1,7,,,,,,,,default,,,,,\n", "my_trend").samples())
                .containsOnlyKeys("my_trend");
    }

    @Test
    void k6JsonLinesAlsoCompressed() throws IOException {
        String lines = """
                {"type":"Metric","data":{"name":"http_req_duration","type":"trend","contains":"time"},"metric":"http_req_duration"}
                {"type":"Metric","data":{"type":"trend","contains":"time"},"metric":"http_req_waiting"}
                {"type":"Metric","data":{"type":"counter","contains":"default"},"metric":"http_reqs"}
                {"metric":"http_req_duration","type":"Point","data":{"time":"2017-05-09T14:34:45.6Z","value":12.5,"tags":{"expected_response":"true"}}}
                {"metric":"http_req_duration","type":"Point","data":{"time":"2017-05-09T14:34:45.6Z","value":1.5,"tags":{"expected_response":"false"}}}
                {"metric":"http_req_waiting","type":"Point","data":{"time":"2017-05-09T14:34:45.6Z","value":9,"tags":null}}
                {"metric":"http_reqs","type":"Point","data":{"time":"2017-05-09T14:34:45.6Z","value":1,"tags":null}}
                """;
        Path zipped = dir.resolve("out.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        for (LoadFile file : java.util.List.of(read(lines), LoadReader.read(zipped, Set.of()))) {
            assertThat(file.format()).isEqualTo("k6 JSON");
            assertThat(file.samples()).containsOnlyKeys("http_req_duration");
            assertThat(file.samples().get("http_req_duration").sorted()).containsExactly(12.5);
            assertThat(file.samples().get("http_req_duration").failed()).isOne();
        }
    }

    @Test
    void k6SummaryOfBothForms() throws IOException {
        String exported = """
                {"metrics": {"http_reqs": {"count": 400, "rate": 10.5},
                 "http_req_duration": {"avg": 5, "min": 1, "med": 4, "max": 20, "p(90)": 8, "p(95)": 9},
                 "http_req_waiting": {"avg": 5, "min": 1, "med": 4, "max": 20, "p(90)": 8, "p(95)": 9},
                 "http_req_duration{expected_response:true}": {"avg": 5, "min": 1, "med": 4, "max": 20, "p(90)": 8, "p(95)": 9}}}
                """;
        String handled = """
                {"metrics": {"http_reqs": {"type": "counter", "values": {"count": 400, "rate": 10.5}},
                 "http_req_duration": {"type": "trend", "contains": "time",
                  "values": {"avg": 5, "min": 1, "med": 4, "max": 20, "p(90)": 8, "p(95)": 9}}}}
                """;
        for (String text : java.util.List.of(exported, handled)) {
            LoadFile file = read(text);
            assertThat(file.format()).isEqualTo("k6 summary");
            assertThat(file.samples()).containsOnlyKeys("http_req_duration");
            assertThat(file.samples().get("http_req_duration").size()).isEqualTo(400);
            assertThat(file.samples().get("http_req_duration").tells(0.95)).isTrue();
            assertThat(file.samples().get("http_req_duration").tells(0.99)).isFalse();
        }
    }

    @Test
    void jmeterAsCsvAndXml() throws IOException {
        LoadFile csv = read("""
                timeStamp,elapsed,label,responseCode,responseMessage,threadName,success,failureMessage,bytes
                1529311571,100,create cluster,200,OK,"Thread 1,1",true,,10
                1529311572,50,create cluster,500,"no, not now",t,false,"two
                lines",10
                1529311573,30,"serve, model",200,OK,t,true,,10
                """);
        assertThat(csv.format()).isEqualTo("JMeter JTL");
        assertThat(csv.samples().get("create cluster").sorted()).containsExactly(100);
        assertThat(csv.samples().get("create cluster").failed()).isOne();
        assertThat(csv.samples()).containsKey("serve, model");
        LoadFile xml = read("""
                <?xml version="1.0" encoding="UTF-8"?>
                <testResults version="1.2">
                <httpSample t="120" lt="10" ts="1" s="true" lb="create" rc="200"><httpSample t="60" s="true" lb="create-0"/></httpSample>
                <sample t="5" s="false" lb="create"/>
                </testResults>
                """);
        assertThat(xml.samples()).containsOnlyKeys("create");
        assertThat(xml.samples().get("create").sorted()).containsExactly(120);
        assertThat(xml.samples().get("create").failed()).isOne();
    }

    @Test
    void anXmlFileReadsNoOther() throws IOException {
        Path secret = Files.writeString(dir.resolve("secret"), "topsecret");
        assertThatThrownBy(() -> read("<!DOCTYPE r [<!ENTITY x SYSTEM \"" + secret.toUri()
                        + "\">]><testResults><sample t=\"1\" s=\"true\" lb=\"&x;\"/></testResults>"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageNotContaining("topsecret");
    }

    @Test
    void gatlingOfTwoAndThree() throws IOException {
        LoadFile two = read(
                "RUN\tSampleSimulation\t\tsamplesimulation\t1481907959927\t \t2.0\n"
                        + "USER\tSimple Test\t1\tSTART\t1481907961664\t1481907961664\n"
                        + "REQUEST\tSimple Test\t623\t\troot request\t1481908081520\t1481908081658\tOK\t \n"
                        + "REQUEST\tSimple Test\t1508\t\troot request\t1481908071123\t1481908071123\tKO\tj.n.ConnectException\n");
        assertThat(two.format()).isEqualTo("Gatling log");
        assertThat(two.samples().get("root request").sorted()).containsExactly(138);
        assertThat(two.samples().get("root request").failed()).isOne();
        LoadFile three = read("RUN\tcomputerdatabase\tbasic\t1600000000000\t \t3.9.5\n"
                + "REQUEST\tgroup\tserve model\t1600000000000\t1600000000250\tOK\t \n");
        assertThat(three.samples().get("serve model").sorted()).containsExactly(250);
        assertThatThrownBy(() -> read("\0\0\0\6" + "3.12.0")).hasMessageContaining("binary simulation.log");
    }

    @Test
    void locust() throws IOException {
        String head =
                "Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,"
                        + "Average Content Size,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%\n";
        LoadFile file = read(head
                + "GET,/serve,500,20,10,12,2,100,10,5,0,10,12,14,15,20,30,40,50,80,100,100\n"
                + "GET,/none,5,5,0,0,0,0,0,0,0,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A\n"
                + ",Aggregated,505,25,10,12,2,100,10,5,0,10,12,14,15,20,30,40,50,80,100,100\n");
        assertThat(file.samples()).containsOnlyKeys("GET /serve");
        assertThat(file.samples().get("GET /serve").size()).isEqualTo(480);
        assertThat(file.samples().get("GET /serve").failed()).isEqualTo(20);
        assertThat(file.notes()).containsKey("GET /none");
        assertThatThrownBy(() ->
                        read("Timestamp,User Count," + head + "1,2,GET,/x,1,0,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1\n"))
                .hasMessageContaining("_stats_history.csv tells of a moving window");
    }

    @Test
    void plainSamples() throws IOException {
        assertThat(read("3\n1\n2.5e0\n").samples().get("samples").sorted()).containsExactly(1, 2.5, 3);
        assertThat(read("measure,ms\ncreate,3\nserve,1\ncreate,2\n")
                        .samples()
                        .get("create")
                        .sorted())
                .containsExactly(2, 3);
        assertThat(read("create;3\nserve;1\n").samples()).containsOnlyKeys("create", "serve");
        assertThat(read("[3, 1]").samples().get("samples").sorted()).containsExactly(1, 3);
        assertThat(read("{\"create\": [3, 1], \"serve\": [2]}").samples()).containsOnlyKeys("create", "serve");
        assertThat(read("\uFEFF1\r\n2\r\n").samples().get("samples").size()).isEqualTo(2);
    }

    @Test
    void badInputIsOneSentence() {
        for (String text :
                new String[] {"", "hello world, this is no, result\n", "{\"a\": \"b\"}", "<html/>", "{", "[1, \"x\"]"
                }) {
            assertThatThrownBy(() -> read(text)).as(text).isInstanceOf(ReleaseException.class);
        }
        assertThatThrownBy(() -> read("1\n2\nthree\n")).hasMessageContaining("record 3: expected a number");
        assertThatThrownBy(() -> read("timeStamp,elapsed,label\n1,soon,x\n")).hasMessageContaining("found 'soon'");
    }

    @Test
    void onTheCommandLine() throws IOException {
        StringJoiner slow = new StringJoiner("\n");
        StringJoiner fast = new StringJoiner("\n");
        for (int i = 0; i < 300; i++) {
            fast.add("serve," + (100 + i % 17));
            slow.add("serve," + (120 + i % 17));
        }
        Files.writeString(dir.resolve("fast.csv"), fast.toString());
        Files.writeString(dir.resolve("slow.csv"), slow.toString());
        Cli worse = run("--json", "load-gate", "slow.csv", "--against", "fast.csv");
        assertThat(worse.code()).isEqualTo(3);
        assertThat(worse.json().path("outcome").asText()).isEqualTo("refused");
        assertThat(worse.json().path("verdict").asText()).isEqualTo("WORSE");
        assertThat(worse.json().at("/measures/0/quantiles/0/quantile").asText()).isEqualTo("median");
        assertThat(run("load-gate", "fast.csv", "--against", "slow.csv").out())
                .contains("serve: better: median 128", "Load: better.");
        assertThat(run("load-gate", "slow.csv", "--against", "fast.csv", "--threshold", "serve=50")
                        .code())
                .isZero();
        assertThat(run("load-gate", "slow.csv", "--against", "fast.csv", "--min-samples", "500")
                        .out())
                .contains("Load: not enough data.");
        assertThat(run("load-gate", "slow.csv", "--against", "fast.csv", "--measure", "create")
                        .out())
                .contains("the file has no measure of that name, but serve");
        assertThat(run("load-gate", "gone.csv", "--against", "fast.csv").complaint())
                .contains("found nothing at gone.csv");
        assertThat(run("load-gate", "slow.csv", "--against", "fast.csv", "--threshold", "much")
                        .code())
                .isEqualTo(2);
        assertThat(run("load-gate", "slow.csv", "--against", "fast.csv", "--min-samples", "3")
                        .code())
                .isEqualTo(2);
    }

    private Cli run(String... args) {
        return Cli.run(dir, Map.of(), args);
    }

    private LoadFile read(String text, String... only) throws IOException {
        return LoadReader.read(Files.writeString(dir.resolve("results"), text), Set.of(only));
    }
}
