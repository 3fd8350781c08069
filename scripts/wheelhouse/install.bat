@echo off
rem Install walk from the wheels beside this file: no net, no admin rights.
rem   install.bat [FOLDER]        FOLDER is made; left out, it is Programs\walk among your own data
setlocal
set "target=%LOCALAPPDATA%\Programs\walk"
if not "%~1"=="" set "target=%~1"

if defined PYTHON goto named
py -3 -m venv "%target%"
if not errorlevel 1 goto made
python -m venv "%target%"
if errorlevel 1 goto nopython
goto made

:named
"%PYTHON%" -m venv "%target%"
if errorlevel 1 goto nopython

:made
"%target%\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check --no-index --find-links "%~dp0wheels" "classroom-walk[docx,passphrase]"
if errorlevel 1 goto failed
echo walk is installed. Start it with: "%target%\Scripts\walk.exe"
if "%~1"=="" pause
exit /b 0

:nopython
echo There is no Python 3.11 or newer on this laptop, or it may not write to "%target%".
echo The one-folder build of walk needs no Python at all.
if "%~1"=="" pause
exit /b 1

:failed
echo walk could not be installed. These wheels are for {fits}.
if "%~1"=="" pause
exit /b 1
