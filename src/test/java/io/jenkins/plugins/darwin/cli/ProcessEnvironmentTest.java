package io.jenkins.plugins.darwin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessEnvironmentTest {
    private static byte[] block(Charset charset, String... entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String entry : entries) {
            out.writeBytes(entry.getBytes(charset));
            out.write(0);
        }
        return out.toByteArray();
    }

    @Test
    void secretsComeFromTheBytes() {
        Map<String, String> java = Map.of("DARWIN_SIGNING_PASSPHRASE", "gr\uFFFD\uFFFDe", "HOME", "/h\uFFFD");
        byte[] bytes = block(
                StandardCharsets.UTF_8,
                "HOME=/hé",
                "DARWIN_SIGNING_PASSPHRASE=größe = 😀",
                "DARWIN_GIT_TOKEN=gone",
                "NOT AN ENTRY");
        assertThat(ProcessEnvironment.merged(java, bytes))
                .as("a file name that Java can't spell it can't open either; what Java does not have is not there")
                .isEqualTo(Map.of("DARWIN_SIGNING_PASSPHRASE", "größe = 😀", "HOME", "/h\uFFFD"));
    }

    @Test
    void anOldTerminalsLettersAreKept() {
        assertThat(ProcessEnvironment.merged(
                        Map.of("DARWIN_SIGNING_PASSPHRASE", "?"),
                        block(StandardCharsets.ISO_8859_1, "DARWIN_SIGNING_PASSPHRASE=größe")))
                .containsEntry("DARWIN_SIGNING_PASSPHRASE", "größe");
    }

    /** A JVM of its own for each locale: what this one knows was decided when it began. */
    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "C.UTF-8", "en_US.ISO-8859-1"})
    void everyLocaleGivesTheSame(String locale, @TempDir Path dir) throws Exception {
        ProcessBuilder child = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(File.pathSeparator, place(ProcessEnvironment.class), place(Tell.class)),
                Tell.class.getName());
        child.environment().put("LC_ALL", locale);
        // The bytes are given by a shell: this JVM could not write them into a child's environment under every locale.
        Path script = Files.writeString(
                dir.resolve("run.sh"), "DARWIN_SIGNING_PASSPHRASE='größe 😀' exec \"$@\"\n", StandardCharsets.UTF_8);
        child.command().addAll(0, List.of("sh", script.toString()));
        Process process = child.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said.strip()).endsWith("67,72,f6,df,65,20,d83d,de00");
    }

    /** Where a class was loaded from; a test runner may have a class path of its own. */
    private static String place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    /** Says what it got, in ASCII. */
    static final class Tell {
        private Tell() {}

        public static void main(String[] args) {
            StringBuilder hex = new StringBuilder();
            for (char c :
                    ProcessEnvironment.read().get("DARWIN_SIGNING_PASSPHRASE").toCharArray()) {
                hex.append(hex.isEmpty() ? "" : ",").append(Integer.toHexString(c));
            }
            System.out.println(hex);
        }
    }
}
