; Inno Setup 6: an installer of the bundle in dist\tokenwatch, for one user and without administrator rights.
; Not tried: it was written on Linux. See README.md beside this.
[Setup]
AppId=TokenWatch
AppName=TokenWatch
AppVersion=0.1.0
DefaultDirName={localappdata}\Programs\TokenWatch
PrivilegesRequired=lowest
DisableProgramGroupPage=yes
OutputDir=..\dist
OutputBaseFilename=TokenWatch-setup
Compression=lzma2
SolidCompression=yes
UninstallDisplayIcon={app}\tokenwatch.exe
CloseApplications=yes

[Files]
Source: "..\dist\tokenwatch\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
; Notifications carry the shortcut's identity, so it must be the one that the program gives itself.
Name: "{userprograms}\TokenWatch"; Filename: "{app}\tokenwatch.exe"; AppUserModelID: "tokenwatch"
