@echo off
rem Einloom's command, from a released archive.
rem
rem   JAVA_HOME          a JDK 25 or later; otherwise the java on the PATH is taken
rem   EINLOOM_JAVA_OPTS  options of the JVM that runs the command
rem   EINLOOM_CLASS_PATH jars with component libraries of your own, as Java takes them
setlocal
set "EINLOOM_JAVA=java"
if defined JAVA_HOME set "EINLOOM_JAVA=%JAVA_HOME%\bin\java.exe"
set "EINLOOM_VERSION=0"
for /f "tokens=2" %%v in ('"%EINLOOM_JAVA%" --version 2^>nul') do (
  for /f "delims=.-+" %%m in ("%%v") do set /a "EINLOOM_VERSION=%%m" 2>nul
  goto :found
)
:found
if %EINLOOM_VERSION% LSS 25 (
  echo einloom: no JDK 25 or later found; install one, for example from https://adoptium.net, and set JAVA_HOME 1>&2
  exit /b 2
)
set "EINLOOM_JARS=%~dp0..\lib\*"
if defined EINLOOM_CLASS_PATH set "EINLOOM_JARS=%EINLOOM_JARS%;%EINLOOM_CLASS_PATH%"
"%EINLOOM_JAVA%" -Xlog:disable %EINLOOM_JAVA_OPTS% -cp "%EINLOOM_JARS%" org.einloom.cli.Main %*
exit /b %ERRORLEVEL%
