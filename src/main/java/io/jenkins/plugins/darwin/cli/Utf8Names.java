package io.jenkins.plugins.darwin.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Under a POSIX locale ({@code LC_ALL=C}) Java can't name a folder or an argument outside ASCII. The encoding of names is
 * fixed when a JVM starts, so the command is then started once more with UTF-8, which is what names are on such machines.
 */
final class Utf8Names {
    private static final String AGAIN = "darwin.startedAgain";
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private Utf8Names() {}

    /** The exit code of the command as it was started again; empty when it can go on as it is. */
    static OptionalInt startAgain(String[] args) {
        boolean ascii =
                Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")).equals(StandardCharsets.US_ASCII);
        boolean needed = !isAscii(System.getProperty("user.dir", ""))
                || !Arrays.stream(args).allMatch(Utf8Names::isAscii);
        if (!ascii || !needed) {
            return OptionalInt.empty();
        }
        if (System.getProperty(AGAIN) != null || !Files.isReadable(COMMAND_LINE)) {
            System.err.println(
                    "darwin: a folder or an argument has a name outside ASCII, which the POSIX locale has no"
                            + " letters for: expected a locale with UTF-8; set LC_ALL to one that 'locale -a' lists, and run again.");
            return OptionalInt.of(2);
        }
        try {
            return OptionalInt.of(start());
        } catch (IOException e) {
            System.err.println("darwin: the command could not be started with UTF-8 names (" + e.getMessage()
                    + "): set LC_ALL=C.UTF-8 and run again.");
            return OptionalInt.of(1);
        }
    }

    private static int start() throws IOException {
        Path file = Files.createTempFile("darwin", ".args");
        try {
            Files.write(file, argumentFile(Files.readAllBytes(COMMAND_LINE)));
            ProcessBuilder again = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "@" + file)
                    .inheritIO();
            again.environment().put("LC_ALL", "C.UTF-8"); // a system property does not move the encoding of names
            Process child = again.start();
            Runtime.getRuntime().addShutdownHook(new Thread(child::destroy));
            while (true) {
                try {
                    return child.waitFor();
                } catch (InterruptedException e) {
                    child.destroy(); // and its exit code is ours
                }
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /**
     * The same command as a file for {@code java @file}, which is read byte by byte.
     *
     * @param commandLine the program and its arguments, each ended by a zero byte
     */
    static byte[] argumentFile(byte[] commandLine) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("-D" + AGAIN + "=true\n").getBytes(StandardCharsets.US_ASCII));
        List<byte[]> arguments = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < commandLine.length; i++) {
            if (commandLine[i] == 0) {
                arguments.add(Arrays.copyOfRange(commandLine, from, i));
                from = i + 1;
            }
        }
        for (byte[] argument : arguments.subList(Math.min(1, arguments.size()), arguments.size())) {
            out.write('"');
            for (byte b : argument) {
                switch (b) {
                    case '\n' -> out.writeBytes(new byte[] {'\\', 'n'});
                    case '\r' -> out.writeBytes(new byte[] {'\\', 'r'});
                    case '\\', '"' -> out.writeBytes(new byte[] {'\\', b});
                    default -> out.write(b);
                }
            }
            out.writeBytes(new byte[] {'"', '\n'});
        }
        return out.toByteArray();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
